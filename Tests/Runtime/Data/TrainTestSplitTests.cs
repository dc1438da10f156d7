using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class TrainTestSplitTests
{
    [Theory]
    [InlineData(351, 116)]
    [InlineData(150, 50)]
    [InlineData(506, 167)]
    public void A_share_is_rounded_up(int count, int testRows)
    {
        (int[] train, int[] test) = TrainTestSplit.Rows(count, 0.33, seed: 1);
        Assert.Equal(testRows, test.Length);
        Assert.Equal(count - testRows, train.Length);
    }

    [Fact]
    public void Each_row_is_in_one_part()
    {
        (int[] train, int[] test) = TrainTestSplit.Rows(100, 20, seed: 7);
        Assert.Equal(Enumerable.Range(0, 100), train.Concat(test).Order());
        Assert.Equal(20, test.Length);
    }

    [Fact]
    public void A_seed_gives_the_same_parts_always()
    {
        (int[] train, int[] test) = TrainTestSplit.Rows(10, 0.3, seed: 42);
        Assert.Equal(TrainTestSplit.Rows(10, 3, seed: 42).Train, train);
        Assert.Equal(TrainTestSplit.Rows(10, 3, seed: 42).Test, test);
        Assert.NotEqual(TrainTestSplit.Rows(10, 3, seed: 43).Train, train);
    }

    [Fact]
    public void All_rows_come_to_the_test_equally_often()
    {
        int[] times = new int[10];
        for (int seed = 0; seed < 3000; seed++)
        {
            foreach (int row in TrainTestSplit.Rows(10, 3, seed).Test) times[row]++;
        }

        // 900 expected; the standard deviation is 25.
        Assert.All(times, count => Assert.InRange(count, 800, 1000));
    }

    [Fact]
    public void Stratified_parts_have_the_classes_in_the_proportions_of_the_whole()
    {
        int[] classes = [.. Enumerable.Range(0, 100).Select(row => row % 10 == 0 ? 0 : row % 2 == 0 ? 1 : 2)];
        (int[] train, int[] test) = TrainTestSplit.Stratified(classes, 0.3, seed: 5);
        Assert.Equal(Enumerable.Range(0, 100), train.Concat(test).Order());
        Assert.Equal([3, 12, 15], Enumerable.Range(0, 3).Select(c => test.Count(row => classes[row] == c)));
        Assert.Equal(test, TrainTestSplit.Stratified(OneHot.ToCategorical(classes), testRows: 30, seed: 5).Test);
        Assert.NotEqual(test, TrainTestSplit.Stratified(classes, 0.3, seed: 6).Test);
        Assert.NotEqual(test.Order(), test);
    }

    [Fact]
    public void What_no_class_has_whole_goes_to_those_with_the_largest_rest()
    {
        // 5 of 12 rows: 2.5, 1.67 and 0.83 of the classes.
        int[] classes = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2];
        for (int seed = 0; seed < 5; seed++)
        {
            int[] test = TrainTestSplit.Stratified(classes, testRows: 5, seed).Test;
            Assert.Equal([2, 2, 1], Enumerable.Range(0, 3).Select(c => test.Count(row => classes[row] == c)));
        }
    }

    [Fact]
    public void Classes_too_small_for_both_parts_are_refused()
    {
        Assert.StartsWith(
            "Expected at least two rows of each class, and a row for each class in both parts. " +
            "Received: 2 classes, the smallest of 1 rows, in parts of 2 and 2 rows",
            Assert.Throws<ArgumentException>(() => TrainTestSplit.Stratified(new[] { 0, 0, 0, 1 }, testRows: 2)).Message,
                StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TrainTestSplit.Stratified(new[] { 0, 0, 1, 1, 2, 2 }, testRows: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Stratified(new[] { 0, 0, 1, 1 }, 1.0));
    }

    [Fact]
    public void Empty_parts_are_refused()
    {
        Assert.Contains("Received: 1 of 1 rows to test with.",
            Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Rows(1, 0.33)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Rows(10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Rows(10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Rows(10, 0.0));
        Assert.Contains("Received: testSize=1.5", Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Rows(10, 1.5)).Message,
            StringComparison.Ordinal);
    }
}
