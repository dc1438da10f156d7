using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// The axes of an attention of several heads. Rows of the query have small letters; those of the value have capitals where they are
/// attended over, and the query's letters where each place of the query sees the same place of the value.
/// </summary>
/// <param name="Letters">Sizes of all axes: beside the rows 1 and 2 for heads, 3 and 4 for features of keys and values.</param>
/// <param name="Rows">Letters of the query's rows.</param>
/// <param name="Sources">Letters of the value's rows.</param>
/// <param name="Batch">Letters of the rows that are not attended over.</param>
/// <param name="Target">Letters of the query's rows that are.</param>
/// <param name="Source">Letters of the value's.</param>
/// <param name="Apart">An axis that is not attended over and has two sizes; null where there is none.</param>
internal sealed record HeadAxes(AxisLetters Letters, string Rows, string Sources, string Batch, string Target, string Source, int? Apart)
{
    private const char AllHeads = '0';

    /// <summary>Shape of the scores: rows that are not attended over, heads, rows of the query, rows of the value.</summary>
    public Shape Scores => Letters.ShapeOf(ScoreLetters);

    private string ScoreLetters => Batch + AllHeads + Target + Source;

    /// <summary>The axes of a query and a value.</summary>
    /// <param name="query">Shape of the query.</param>
    /// <param name="value">Shape of the value, with as many axes.</param>
    /// <param name="attended">The axes that are attended over, from 0 without the batch.</param>
    /// <param name="keyHeads">Heads of the key.</param>
    /// <param name="sharing">Heads of the query that share one.</param>
    /// <param name="keyDim">Features of a head's keys.</param>
    /// <param name="valueDim">Features of a head's values.</param>
    public static HeadAxes Of(Shape query, Shape value, IReadOnlyList<int> attended, int keyHeads, int sharing, int keyDim, int valueDim)
    {
        var sizes = new Dictionary<char, int>
        {
            ['0'] = keyHeads * sharing,
            ['1'] = keyHeads,
            ['2'] = sharing,
            ['3'] = keyDim,
            ['4'] = valueDim,
        };
        string rows = "", sources = "", batch = "", target = "", source = "";
        int? apart = null;
        for (int axis = 0; axis < query.Rank - 1; axis++)
        {
            (char own, char other) = ((char)('a' + axis), (char)('A' + axis));
            sizes[own] = query[axis];
            rows += own;
            if (attended.Contains(axis))
            {
                sizes[other] = value[axis];
                (sources, target, source) = (sources + other, target + own, source + other);
            }
            else
            {
                (sources, batch) = (sources + own, batch + own);
                if (query[axis] != value[axis]) apart = axis;
            }
        }

        return new(new(sizes), rows, sources, batch, target, source, apart);
    }

    /// <summary>How the mask of an argument meets the scores; null where its shape is none that fits.</summary>
    public Access? AccessOf(string argument, Shape mask)
    {
        if (argument != "AttentionMask")
        {
            // A mask that travels with a value may have but the first of its axes.
            string letters = argument == "QueryMask" ? Rows : Sources;
            letters = letters.Substring(0, Math.Min(mask.Rank, letters.Length));
            return mask.Equals(Letters.ShapeOf(letters)) ? Letters.Between(letters, ScoreLetters) : null;
        }

        // As in Keras axes that it lacks are those before the query's rows; each axis may have one element for all.
        int last = Target.Length + Source.Length, before = mask.Rank - last, missing = ScoreLetters.Length - mask.Rank;
        if (before < 0 || missing < 0) return null;
        Shape scores = Scores;
        IReadOnlyList<int> steps = Access.Whole(mask).Steps;
        int[] met = new int[scores.Rank];
        for (int axis = 0; axis < mask.Rank; axis++)
        {
            int place = axis < before ? axis : axis + missing;
            if (mask[axis] != 1 && mask[axis] != scores[place]) return null;
            met[place] = steps[axis];
        }

        return new(0, met);
    }

    /// <summary>The shape that the mask of an argument has, for messages.</summary>
    public string Wanted(string argument) => argument switch
    {
        "AttentionMask" => $"{Letters.ShapeOf(Target + Source)}, or with axes of {Scores} before it",
        "QueryMask" => Letters.ShapeOf(Rows).ToString(),
        _ => Letters.ShapeOf(Sources).ToString(),
    };
}
