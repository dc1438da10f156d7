using System.Globalization;

namespace CompiledNets;

/// <summary>Checks of arguments that several crossentropies share.</summary>
internal static class LossArgumentChecks
{
    /// <summary>Throws unless the smoothing lies in [0, 1].</summary>
    public static void LabelSmoothing(float labelSmoothing)
    {
        if (!(labelSmoothing is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(labelSmoothing),
                $"Argument `labelSmoothing` must lie in [0, 1]. Received: " +
                    $"labelSmoothing={labelSmoothing.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>Throws unless the axis is the last.</summary>
    public static void Axis(int axis)
    {
        if (axis != -1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(axis),
                $"Classes lie on the last axis, so `axis` must be -1; a Permute layer brings them there. Received: " +
                    $"axis={axis.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
