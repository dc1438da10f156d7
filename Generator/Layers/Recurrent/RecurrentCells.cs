namespace CompiledNets.Generator.Layers;

/// <summary>Reads the cell of a recurrent layer from its attribute.</summary>
internal static class RecurrentCells
{
    /// <summary>The cell of an RNN: what stands after it, one or several.</summary>
    public static RecurrentCell Join(Arguments arguments)
    {
        CellLayer[] layers = [.. arguments.AllWrapped.OfType<CellLayer>()];
        RecurrentCell[] cells = [.. layers.Select((layer, i) => layer.Cell with { Stream = i * DropMask.OfCell })];
        // Where there is none, that is told when shapes are.
        if (cells.Length == 0) return new SimpleRNNCell { Name = arguments.Name };
        return cells.Length == 1 ? cells[0]
            : new StackedCells { Name = arguments.Name, Cells = cells, Units = cells[cells.Length - 1].Units };
    }

    public static RecurrentCell Resolve(Arguments arguments, string kind)
    {
        int dimensions = kind.StartsWith("Conv", StringComparison.Ordinal) ? kind[kind.Length - 2] - '0' : 0;
        return Own() with
        {
            Name = arguments.Name,
            Units = arguments.Positive(dimensions > 0 ? "Filters" : nameof(RecurrentCell.Units)),
            Activation = arguments.Activation(nameof(RecurrentCell.Activation)),
            UseBias = arguments.Bool(nameof(RecurrentCell.UseBias), true),
            KernelInitializer = arguments.Initializer(nameof(RecurrentCell.KernelInitializer), "glorot_uniform"),
            RecurrentInitializer = arguments.Initializer(nameof(RecurrentCell.RecurrentInitializer), "orthogonal"),
            BiasInitializer = arguments.Initializer(nameof(RecurrentCell.BiasInitializer), "zeros"),
            Dropout = Rate(nameof(RecurrentCell.Dropout)),
            RecurrentDropout = Rate(nameof(RecurrentCell.RecurrentDropout)),
        };

        // What the kind has beside what all have.
        RecurrentCell Own() => kind switch
        {
            "LSTM" => new LSTMCell { RecurrentActivation = OfGates(), UnitForgetBias = ForgetsLittle() },
            "GRU" => new GRUCell { RecurrentActivation = OfGates(), ResetAfter = arguments.Bool(nameof(GRUCell.ResetAfter), true) },
            "SimpleRNN" => new SimpleRNNCell(),
            _ => new ConvLSTMCell
            {
                Motion = KernelMotion.Resolve(arguments, dimensions),
                RecurrentActivation = OfGates(),
                UnitForgetBias = ForgetsLittle(),
            },
        };

        string? OfGates() => arguments.ActivationOr(nameof(LSTMCell.RecurrentActivation), "sigmoid");

        bool ForgetsLittle() => arguments.Bool(nameof(LSTMCell.UnitForgetBias), true);

        double Rate(string argument) => arguments.Number(argument, 0, rate => rate is >= 0 and <= 1, "from 0 to 1");
    }
}
