namespace CompiledNets.Keras;

/// <summary>Something of Keras that CompiledNets does not have. The message names it.</summary>
public sealed class KerasUnsupportedException : NotSupportedException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is not there.</param>
    public KerasUnsupportedException(string message)
        : base(message)
    {
    }
}
