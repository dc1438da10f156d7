using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The loops over the last axis of a convolution's results: inside, where neighbors meet the same taps, several at a time share each weight
/// that is read; at the border one at a time.
/// </summary>
/// <param name="Variable">The variable that counts places.</param>
/// <param name="Size">Places.</param>
/// <param name="From">The first place inside.</param>
/// <param name="To">The place after the last one inside.</param>
/// <param name="Step">Places from one to the next that meets the same taps.</param>
internal sealed record PlaceLoops(string Variable, int Size, int From, int To, int Step)
{
    /// <summary>Places inside that meet the same taps.</summary>
    public int Inside => (To - From) / Step;

    /// <summary>Whether there are places at a border.</summary>
    public bool HasBorder => Inside == 0 || From > 0 || To < Size;

    /// <summary>The positions of a convolution along an axis.</summary>
    public static PlaceLoops OfPositions(WindowAxis axis, string variable)
    {
        int from = (axis.Before + axis.Stride - 1) / axis.Stride;
        int last = axis.Size - 1 - ((axis.Kernel - 1) * axis.Dilation) + axis.Before;
        int to = last < 0 ? 0 : Math.Min(axis.Count, (last / axis.Stride) + 1);
        return Of(variable, axis.Count, from, to, 1);
    }

    /// <summary>The places of an image that a convolution goes back to, along an axis.</summary>
    public static PlaceLoops OfImage(WindowAxis axis, string variable)
    {
        int from = Math.Max(0, ((axis.Kernel - 1) * axis.Dilation) - axis.Before);
        return Of(variable, axis.Size, from, Math.Min(axis.Size, (axis.Stride * axis.Count) - axis.Before), axis.Stride);
    }

    /// <summary>Opens the loops over places inside.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">Gives the name of a leaf.</param>
    /// <param name="atOnce">Places at a time; the last ones may overlap those before.</param>
    /// <returns>How many were opened.</returns>
    public int OpenInside(CodeWriter writer, Func<Leaf, string> name, int atOnce)
    {
        if (Step == 1 && Inside % atOnce == 0)
        {
            writer.Open($"for (int {Variable} = {Int(From)}; {Variable} < {Int(To)}; {Variable} += {Int(atOnce)})");
            return 1;
        }

        string next = Inside % atOnce == 0 ? $"at += {Int(atOnce)}"
            : $"at = {name(TileLoops.NextTile)}(at, {Int(atOnce)}, {Int(Inside)})";
        if (Step > 1) writer.Open($"for (int rest = 0; rest < {Int(Step)}; rest++)");
        writer.Open($"for (int at = 0; at < {Int(Inside)}; {next})");
        string place = ConvolutionKernel.Terms(Int(From), Step > 1 ? "rest" : "0", ConvolutionText.Times("at", Step));
        writer.Line($"int {Variable} = {place};");
        return Step > 1 ? 2 : 1;
    }

    /// <summary>Opens the loop over the other places.</summary>
    public void OpenBorder(CodeWriter writer)
    {
        string v = Variable, next = Inside == 0 || To == Size ? $"{v}++" : From == 0 ? $"{v}++"
            : $"{v} = {v} == {Int(From - 1)} ? {Int(To)} : {v} + 1";
        int first = Inside > 0 && From == 0 ? To : 0, end = Inside > 0 && To == Size ? From : Size;
        writer.Open($"for (int {v} = {Int(first)}; {v} < {Int(end)}; {next})");
    }

    private static PlaceLoops Of(string variable, int size, int from, int to, int step)
    {
        int inside = Math.Max(0, to - from) / step * step;
        return inside == 0 ? new(variable, size, 0, 0, step) : new(variable, size, from, from + inside, step);
    }
}
