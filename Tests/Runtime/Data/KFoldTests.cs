using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class KFoldTests
{
    private static readonly Dataset Twelve = new(Enumerable.Range(0, 12).ToArray(), new[] { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1 });

    [Fact]
    public void Folds_are_neighbours_and_the_first_have_one_more()
    {
        // scikit-learn: KFold(3) of 10 samples.
        int[][] tests = Tests(new KFold(3), new float[10]);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]], tests);
        Assert.Equal([4, 5, 6, 7, 8, 9], new KFold(3).Rows(new float[10]).First().Train);
        Assert.Equal([[0], [1], [2], [3], [4]], Tests(new KFold(), new float[5]));
    }

    [Fact]
    public void Classes_go_to_the_folds_in_their_proportions_and_in_the_order_of_the_samples()
    {
        // The examples of scikit-learn's documentation and tests.
        Assert.Equal([[0, 2], [1, 3]], Tests(new StratifiedKFold(2), new[] { 0, 0, 1, 1 }));
        Assert.Equal([[0, 2], [1, 3]], Tests(new StratifiedKFold(2), new[] { 1, 1, 0, 0 }));
        Assert.Equal([[0, 1, 3, 4], [2, 5, 6]], Tests(new StratifiedKFold(2), new[] { 1, 1, 1, 0, 0, 0, 0 }));
        int[] classes = [.. Enumerable.Repeat(0, 45), .. Enumerable.Repeat(1, 5)];
        int[][] ones = [.. Tests(new StratifiedKFold(3), classes).Select(test => test.Where(row => classes[row] == 1).ToArray())];
        Assert.Equal([2, 2, 1], ones.Select(rows => rows.Length));
        Assert.Equal([15, 15, 15], Tests(new StratifiedKFold(3), classes).Select(test => test.Count(row => classes[row] == 0)));
        Assert.Equal([[45, 46], [47, 48], [49]], ones);
    }

    [Fact]
    public void Folds_do_not_depend_on_what_classes_are_called()
    {
        int[] classes = [2, 0, 1, 1, 0, 2, 2, 2, 0, 1, 0, 2, 2];
        int[][] folds = Tests(new StratifiedKFold(3), classes);
        Assert.Equal(folds, Tests(new StratifiedKFold(3), OneHot.ToCategorical(classes)));
        Assert.Equal(folds, Tests(new StratifiedKFold(3), Array.ConvertAll(classes, c => 5 - c)));
        int[][] shuffled = Tests(new StratifiedKFold(3, shuffle: true, seed: 4), classes);
        Assert.Equal(shuffled, Tests(new StratifiedKFold(3, shuffle: true, seed: 4), Array.ConvertAll(classes, c => 5 - c)));
    }

    [Fact]
    public void Each_sample_is_tested_once_a_repetition()
    {
        foreach (CrossValidator validator in new CrossValidator[]
        {
            new KFold(5), new KFold(5, shuffle: true, seed: 2), new StratifiedKFold(3), new StratifiedKFold(3, shuffle: true),
                new RepeatedKFold(4, 3, seed: 1),
            new RepeatedStratifiedKFold(4, 3, seed: 1),
        })
        {
            (int[] Train, int[] Test)[] folds = [.. validator.Rows(Twelve.Targets)];
            Assert.Equal(validator.Splits * validator.Repeats, folds.Length);
            foreach ((int[] train, int[] test) in folds) Assert.Equal(Enumerable.Range(0, 12), train.Concat(test).Order());
            for (int repeat = 0; repeat < validator.Repeats; repeat++)
                Assert.Equal(Enumerable.Range(0, 12),
                    folds.Skip(repeat * validator.Splits).Take(validator.Splits).SelectMany(fold => fold.Test).Order());
            Assert.All(folds, fold => Assert.Equal(fold.Train.Order(), fold.Train));
            Assert.All(folds, fold => Assert.Equal(fold.Test.Order(), fold.Test));
        }
    }

    [Fact]
    public void Drawn_folds_keep_the_proportions_and_differ_by_seed_and_repetition()
    {
        int[][] folds = Tests(new RepeatedStratifiedKFold(4, 3, seed: 1), Twelve.Targets);
        Assert.All(folds, test => Assert.Equal((2, 1), (test.Count(row => row < 8), test.Count(row => row >= 8))));
        Assert.NotEqual(folds[..4], folds[4..8]);
        Assert.Equal(folds, Tests(new RepeatedStratifiedKFold(4, 3, seed: 1), Twelve.Targets));
        Assert.NotEqual(folds, Tests(new RepeatedStratifiedKFold(4, 3, seed: 2), Twelve.Targets));
        Assert.NotEqual(Tests(new KFold(4), Twelve.Targets), Tests(new KFold(4, shuffle: true), Twelve.Targets));
    }

    [Fact]
    public void A_dataset_is_divided_with_all_that_belongs_to_it()
    {
        Dataset weighted = new(Twelve.Features, Twelve.Targets, Twelve.Features);
        foreach ((Dataset train, Dataset test) in new StratifiedKFold(4, shuffle: true).Split(weighted))
        {
            Assert.Equal((9, 3), (train.Count, test.Count));
            Assert.Equal(TensorRows.Numbers(test.Features), TensorRows.Numbers(test.SampleWeights!));
        }
    }

    [Fact]
    public void Too_few_samples_are_refused_at_once()
    {
        Refused("Expected at least 2 folds. Received: splits=1", () => new KFold(1));
        Refused("Expected at least 1 repetition. Received: repeats=0", () => new RepeatedKFold(5, 0));
        Refused("Expected at least as many samples as folds, 5. Received: 4 samples", () => new KFold().Rows(new float[4]));
        Refused(
            "Expected a class with at least as many samples as folds, 3. Received: 3 classes, the largest of 2 samples",
            () => new StratifiedKFold(3).Rows(new[] { 0, 0, 1, 1, 2, 2 }));
    }

    private static int[][] Tests(CrossValidator validator, Samples targets) => [.. validator.Rows(targets).Select(fold => fold.Test)];

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
