namespace CompiledNets.Images;

/// <summary>How the classes of images are told: Keras's <c>label_mode</c>.</summary>
public enum LabelMode
{
    /// <summary>Numbers, shape (samples): for a sparse categorical crossentropy.</summary>
    Int,

    /// <summary>Rows with a one at the class, shape (samples, classes): for a categorical crossentropy.</summary>
    Categorical,

    /// <summary>0 or 1, shape (samples, 1), of two classes: for a binary crossentropy.</summary>
    Binary,
}
