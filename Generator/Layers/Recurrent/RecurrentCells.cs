namespace CompiledNets.Generator.Layers;

/// <summary>Reads the cell of a recurrent layer from its attribute.</summary>
internal static class RecurrentCells
{
    /// <summary>The cell of an RNN: what stands after it, one or several.</summary>
    public static RecurrentCell Join(Arguments arguments)
    {
        CellLayer[] layers = [.. arguments.AllWrapped.OfType<CellLayer>()];
        RecurrentCell[] cells = [.. layers.Select((layer, i) => layer.Cell with { Stream = i * DropMask.OfCell })];
        // A layer that is no cell is told of where shapes are.
        if (cells.Length == 0) return new SimpleRNNCell { Name = arguments.Name, Units = 1, Activation = null, UseBias = false, KernelInitializer = "", RecurrentInitializer = "", BiasInitializer = "", Dropout = 0, RecurrentDropout = 0 };
        return cells.Length == 1 ? cells[0] : new StackedCells
        {
            Name = arguments.Name,
            Cells = cells,
            Units = cells[cells.Length - 1].Units,
            Activation = null,
            UseBias = false,
            KernelInitializer = "",
            RecurrentInitializer = "",
            BiasInitializer = "",
            Dropout = 0,
            RecurrentDropout = 0,
        };
    }

    public static RecurrentCell Resolve(Arguments arguments, string kind)
    {
        int dimensions = kind.StartsWith("Conv", StringComparison.Ordinal) ? arguments.ChannelsLast(kind[kind.Length - 2] - '0') : 0;
        int units = arguments.Positive(dimensions > 0 ? "Filters" : "Units");
        string? activation = arguments.Activation("Activation");
        bool useBias = arguments.Bool("UseBias", true);
        string kernel = arguments.Initializer("KernelInitializer", "glorot_uniform"), recurrent = arguments.Initializer("RecurrentInitializer", "orthogonal");
        string bias = arguments.Initializer("BiasInitializer", "zeros");
        double dropout = Rate("Dropout"), recurrentDropout = Rate("RecurrentDropout");
        return kind switch
        {
            "LSTM" => new LSTMCell
            {
                Name = arguments.Name,
                Units = units,
                Activation = activation,
                RecurrentActivation = arguments.ActivationOr("RecurrentActivation", "sigmoid"),
                UseBias = useBias,
                UnitForgetBias = arguments.Bool("UnitForgetBias", true),
                KernelInitializer = kernel,
                RecurrentInitializer = recurrent,
                BiasInitializer = bias,
                Dropout = dropout,
                RecurrentDropout = recurrentDropout,
            },
            "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D" => new ConvLSTMCell
            {
                Name = arguments.Name,
                Units = units,
                Dimensions = dimensions,
                KernelSize = arguments.Sizes("KernelSize", dimensions, null),
                Strides = arguments.Sizes("Strides", dimensions, 1),
                Padding = arguments.Choice("Padding", "valid", "padding", ["valid", "same"]),
                DilationRate = arguments.Sizes("DilationRate", dimensions, 1),
                Activation = activation,
                RecurrentActivation = arguments.ActivationOr("RecurrentActivation", "sigmoid"),
                UseBias = useBias,
                UnitForgetBias = arguments.Bool("UnitForgetBias", true),
                KernelInitializer = kernel,
                RecurrentInitializer = recurrent,
                BiasInitializer = bias,
                Dropout = dropout,
                RecurrentDropout = recurrentDropout,
            },
            "GRU" => new GRUCell
            {
                Name = arguments.Name,
                Units = units,
                Activation = activation,
                RecurrentActivation = arguments.ActivationOr("RecurrentActivation", "sigmoid"),
                UseBias = useBias,
                ResetAfter = arguments.Bool("ResetAfter", true),
                KernelInitializer = kernel,
                RecurrentInitializer = recurrent,
                BiasInitializer = bias,
                Dropout = dropout,
                RecurrentDropout = recurrentDropout,
            },
            _ => new SimpleRNNCell
            {
                Name = arguments.Name,
                Units = units,
                Activation = activation,
                UseBias = useBias,
                KernelInitializer = kernel,
                RecurrentInitializer = recurrent,
                BiasInitializer = bias,
                Dropout = dropout,
                RecurrentDropout = recurrentDropout,
            },
        };

        double Rate(string argument) => arguments.Number(argument, 0, rate => rate is >= 0 and <= 1, "from 0 to 1");
    }
}
