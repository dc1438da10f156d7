using System.Runtime.CompilerServices;

namespace CompiledNets;

/// <summary>
/// Lets one thread at a time use what a model keeps between calls: arenas, gradients, metrics. Another that comes meanwhile gets an
/// exception instead of wrong figures; it costs one exchange a call.
/// </summary>
internal sealed class ModelUse(string model, Action ended)
{
    private int owner;
    private string? call;

    /// <summary>Whether callbacks of the owner may use the model: true between epochs, when nothing is half done.</summary>
    public bool IsLent { get; set; }

    /// <summary>Takes the model for a call.</summary>
    /// <exception cref="InvalidOperationException">Another thread has it, or a callback asks in the middle of an epoch.</exception>
    public Turn Begin([CallerMemberName] string next = "")
    {
        int thread = Environment.CurrentManagedThreadId;
        int before = Interlocked.CompareExchange(ref owner, thread, 0);
        if (before != 0 && (before != thread || !IsLent)) throw InUse(next, isElsewhere: before != thread);
        Turn turn = new(this, before == 0, call);
        call = next;
        IsLent = false;
        return turn;
    }

    /// <summary>Throws where another thread has the model.</summary>
    public void ThrowIfElsewhere([CallerMemberName] string next = "")
    {
        int before = Volatile.Read(ref owner);
        if (before != 0 && before != Environment.CurrentManagedThreadId) throw InUse(next, isElsewhere: true);
    }

    private InvalidOperationException InUse(string next, bool isElsewhere) => new(isElsewhere
        ? $"'{model}' is in use: `{call}()` runs on another thread, so `{next}()` cannot. Only `Predict()` may be called by several " +
          "threads at once; give each thread a network of its own, to which `CopyWeightsFrom()` copies the weights."
        : $"'{model}' is in use: `{next}()` was called by a callback in the middle of `{call}()`, whose figures and gradients it would " +
          "change. Call it between epochs, from `OnEpochEnd` say.");

    private void End(bool isOutermost, string? callBefore)
    {
        call = callBefore;
        IsLent = !isOutermost;
        if (!isOutermost) return;
        ended();
        Volatile.Write(ref owner, 0);
    }

    /// <summary>One call's use of the model, for the length of a <c>using</c>.</summary>
    public readonly ref struct Turn(ModelUse use, bool isOutermost, string? callBefore)
    {
        public void Dispose() => use.End(isOutermost, callBefore);
    }
}
