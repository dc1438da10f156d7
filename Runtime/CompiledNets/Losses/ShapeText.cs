using System.Globalization;
using System.Text;

namespace CompiledNets;

/// <summary>Shapes as Keras prints them.</summary>
internal static class ShapeText
{
    /// <summary><c>(None, 3)</c>, <c>(8,)</c>, <c>()</c>; a negative size prints as None.</summary>
    public static string Of(ReadOnlySpan<int> shape)
    {
        StringBuilder text = new("(");
        for (int axis = 0; axis < shape.Length; axis++)
        {
            text.Append(axis == 0 ? "" : ", ");
            text.Append(shape[axis] < 0 ? "None" : shape[axis].ToString(CultureInfo.InvariantCulture));
        }

        return text.Append(shape.Length == 1 ? ",)" : ")").ToString();
    }
}
