namespace CompiledNets.Plots.Tests;

/// <summary>Pictures of networks.</summary>
public sealed class ModelPlotTests
{
    [Fact]
    public void Plain_chain() => Pictures.Check(file => new MlpNet(seed: 1).Plot(file, dpi: 96));

    [Fact]
    public void Chain_from_left_to_right() => Pictures.Check(file => new MlpNet(seed: 1).Plot(
        file, showShapes: true, showDtype: true, showLayerNames: true, rankdir: PlotDirection.LeftToRight,
            dpi: 96, showLayerActivations: true));

    [Fact]
    public void What_trains() => Pictures.Check(file => new ImageNet(seed: 1).Plot(
        file, showShapes: true, showLayerNames: true, dpi: 96, showLayerActivations: true, showTrainable: true));

    [Fact]
    public void Two_inputs_and_outputs() => Pictures.Check(file => new DigitInContext(seed: 1).Plot(
        file, showShapes: true, showDtype: true, showLayerNames: true, dpi: 96, showLayerActivations: true));

    [Fact]
    public void Shortcuts_and_branches() =>
        Pictures.Check(file => new BranchedNet(seed: 1).Plot(file, showShapes: true, showLayerNames: true, dpi: 96));

    [Fact]
    public void Branches_from_left_to_right() =>
        Pictures.Check(file => new BranchedNet(seed: 1).Plot(file, rankdir: PlotDirection.LeftToRight, dpi: 96));

    [Fact]
    public void Nested_network() =>
        Pictures.Check(file => new PairNet(seed: 1).Plot(file, showShapes: true, showLayerNames: true, dpi: 96));

    [Fact]
    public void Nested_network_with_its_layers() => Pictures.Check(
        file => new PairNet(seed: 1).Plot(file, showShapes: true, showLayerNames: true, expandNested: true, dpi: 96));

    [Fact]
    public void Sequences_images_and_attention() => Pictures.Check(
        file => new CaptionNet(seed: 1).Plot(file, showShapes: true, showLayerNames: true, dpi: 96, showLayerActivations: true));

    [Fact]
    public void An_svg_has_the_size_of_the_picture_and_no_font()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("plots").FullName, "model.svg");
        new BranchedNet(seed: 1).Plot(file, showShapes: true);
        string svg = File.ReadAllText(file);
        Assert.StartsWith("<?xml", svg, StringComparison.Ordinal);
        Assert.Contains("</svg>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<text", svg, StringComparison.Ordinal);
        new BranchedNet(seed: 2).Plot(file, showShapes: true);
        Assert.Equal(svg, File.ReadAllText(file));
    }

    [Fact]
    public void Nothing_overlaps()
    {
        // Boxes of several sizes in a graph that was drawn at random.
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            int count = 2 + random.Next(14);
            (float, float)[] boxes = [.. Enumerable.Range(0, count).Select(_ => (20f + random.Next(200), 20f + random.Next(60)))];
            List<(int, int)> edges = [];
            for (int to = 1; to < count; to++)
                foreach (int from in Enumerable.Range(0, to).OrderBy(_ => random.Next()).Take(1 + random.Next(2))) edges.Add((from, to));
            LayeredLayout layout = new(boxes, edges);
            for (int a = 0; a < count; a++)
            {
                (float cross, float main) = layout.Places[a];
                Assert.True(cross - (boxes[a].Item1 / 2) > -0.5f
                    && cross + (boxes[a].Item1 / 2) < layout.Size.Cross + 0.5f && main + boxes[a].Item2 < layout.Size.Main + 0.5f);
                for (int b = 0; b < a; b++)
                {
                    (float otherCross, float otherMain) = layout.Places[b];
                    bool meets = Math.Abs(cross - otherCross) < ((boxes[a].Item1 + boxes[b].Item1) / 2) - 0.1f
                        && main < otherMain + boxes[b].Item2 - 0.1f && otherMain < main + boxes[a].Item2 - 0.1f;
                    Assert.False(meets);
                }

                // Nor does a line run through a box.
                for (int e = 0; e < edges.Count; e++)
                {
                    if (edges[e].Item1 == a || edges[e].Item2 == a) continue;
                    foreach (((float Cross, float Main) from, (float Cross, float Main) to)
                        in layout.Routes[e].Zip(layout.Routes[e].Skip(1)))
                    {
                        bool runs = Math.Max(from.Cross, to.Cross) > cross - (boxes[a].Item1 / 2) + 0.1f
                            && Math.Min(from.Cross, to.Cross) < cross + (boxes[a].Item1 / 2) - 0.1f
                            && Math.Max(from.Main, to.Main) > main + 0.1f && Math.Min(from.Main, to.Main) < main + boxes[a].Item2 - 0.1f;
                        Assert.False(runs, $"round {round}, box {a}, line {e}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Bad_arguments_are_told()
    {
        Assert.Contains("model.gif",
            Assert.Throws<ArgumentException>(() => new MlpNet(seed: 1).Plot("model.gif")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpNet(seed: 1).Plot("model.png", dpi: 0));
        Assert.Throws<DirectoryNotFoundException>(
            () => new MlpNet(seed: 1).Plot(Path.Combine(Path.GetTempPath(), "no-such-folder", "model.png")));
    }
}
