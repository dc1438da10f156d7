namespace CompiledNets.Tests.Losses;

public sealed class LossShapeTests
{
    [Fact]
    public void Axes_between_first_and_last_are_positions() => Assert.Equal(new LossShape(2, 12, 5, 3), LossShape.Of([2, 3, 4, 5]));

    [Fact]
    public void A_missing_last_axis_of_one_is_read_as_Keras_reads_it()
    {
        Assert.True(LossShape.TryAlign([7], [7, 1], out LossShape rows));
        Assert.Equal(new LossShape(7, 1, 1, 1), rows);
        Assert.True(LossShape.TryAlign([7, 1], [7], out rows));
        Assert.Equal(new LossShape(7, 1, 1, 1), rows);
        Assert.True(LossShape.TryAlign([7, 3], [7, 3, 1], out LossShape steps));
        Assert.Equal(new LossShape(7, 1, 3, 1), steps);
    }

    [Fact]
    public void Other_differences_are_refused()
    {
        Assert.False(LossShape.TryAlign([7, 3], [7, 1], out _));
        Assert.False(LossShape.TryAlign([7], [7, 3], out _));
        Assert.False(LossShape.TryAlign([6], [7, 1], out _));
    }

    [Fact]
    public void Shapes_print_as_in_Keras()
    {
        Assert.Equal("(None, 3)", ShapeText.Of([-1, 3]));
        Assert.Equal("(None,)", ShapeText.Of([-1]));
        Assert.Equal("()", ShapeText.Of([]));
    }
}
