using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>All layers, by the name of their attribute; sorted.</summary>
internal static class LayerTable
{
    public static readonly (string Attribute, Func<Arguments, Layer> Resolve)[] Layers =
    [
        ("Activation", Activation.Resolve),
        ("ActivityRegularization", ActivityRegularization.Resolve),
        ("AdaptiveAveragePooling1D", static arguments => AdaptivePooling.Resolve(arguments, PoolKind.Average, 1)),
        ("AdaptiveAveragePooling2D", static arguments => AdaptivePooling.Resolve(arguments, PoolKind.Average, 2)),
        ("AdaptiveAveragePooling3D", static arguments => AdaptivePooling.Resolve(arguments, PoolKind.Average, 3)),
        ("AdaptiveMaxPooling1D", static arguments => AdaptivePooling.Resolve(arguments, PoolKind.Max, 1)),
        ("AdaptiveMaxPooling2D", static arguments => AdaptivePooling.Resolve(arguments, PoolKind.Max, 2)),
        ("AdaptiveMaxPooling3D", static arguments => AdaptivePooling.Resolve(arguments, PoolKind.Max, 3)),
        ("Add", Add.Resolve),
        ("AdditiveAttention", static arguments => Attention.Resolve(arguments, isAdditive: true)),
        ("AlphaDropout", AlphaDropout.Resolve),
        ("Attention", static arguments => Attention.Resolve(arguments, isAdditive: false)),
        ("Average", Average.Resolve),
        ("AveragePooling1D", static arguments => Pooling.Resolve(arguments, PoolKind.Average, 1)),
        ("AveragePooling2D", static arguments => Pooling.Resolve(arguments, PoolKind.Average, 2)),
        ("AveragePooling3D", static arguments => Pooling.Resolve(arguments, PoolKind.Average, 3)),
        ("BatchNormalization", BatchNormalization.Resolve),
        ("Bidirectional", Bidirectional.Resolve),
        ("CenterCrop", CenterCrop.Resolve),
        ("Concatenate", Concatenate.Resolve),
        ("Conv1D", static arguments => Conv.Resolve(arguments, 1)),
        ("Conv1DTranspose", static arguments => ConvTranspose.Resolve(arguments, 1)),
        ("Conv2D", static arguments => Conv.Resolve(arguments, 2)),
        ("Conv2DTranspose", static arguments => ConvTranspose.Resolve(arguments, 2)),
        ("Conv3D", static arguments => Conv.Resolve(arguments, 3)),
        ("Conv3DTranspose", static arguments => ConvTranspose.Resolve(arguments, 3)),
        ("ConvLSTM1D", static arguments => RecurrentLayer.Resolve(arguments, "ConvLSTM1D")),
        ("ConvLSTM2D", static arguments => RecurrentLayer.Resolve(arguments, "ConvLSTM2D")),
        ("ConvLSTM3D", static arguments => RecurrentLayer.Resolve(arguments, "ConvLSTM3D")),
        ("Cropping1D", static arguments => Cropping.Resolve(arguments, 1)),
        ("Cropping2D", static arguments => Cropping.Resolve(arguments, 2)),
        ("Cropping3D", static arguments => Cropping.Resolve(arguments, 3)),
        ("Dense", Dense.Resolve),
        ("DepthwiseConv1D", static arguments => DepthwiseConv.Resolve(arguments, 1)),
        ("DepthwiseConv2D", static arguments => DepthwiseConv.Resolve(arguments, 2)),
        ("Dot", Dot.Resolve),
        ("Dropout", Dropout.Resolve),
        ("ELU", ELU.Resolve),
        ("EinsumDense", EinsumDense.Resolve),
        ("Embedding", Embedding.Resolve),
        ("Flatten", Flatten.Resolve),
        ("GRU", static arguments => RecurrentLayer.Resolve(arguments, "GRU")),
        ("GRUCell", static arguments => CellLayer.Resolve(arguments, "GRU")),
        ("GaussianDropout", GaussianDropout.Resolve),
        ("GaussianNoise", GaussianNoise.Resolve),
        ("GlobalAveragePooling1D", static arguments => GlobalAveragePooling.Resolve(arguments, 1)),
        ("GlobalAveragePooling2D", static arguments => GlobalAveragePooling.Resolve(arguments, 2)),
        ("GlobalAveragePooling3D", static arguments => GlobalAveragePooling.Resolve(arguments, 3)),
        ("GlobalMaxPooling1D", static arguments => GlobalMaxPooling.Resolve(arguments, 1)),
        ("GlobalMaxPooling2D", static arguments => GlobalMaxPooling.Resolve(arguments, 2)),
        ("GlobalMaxPooling3D", static arguments => GlobalMaxPooling.Resolve(arguments, 3)),
        ("GroupNormalization", GroupNormalization.Resolve),
        ("GroupQueryAttention", static arguments => MultiHeadAttention.Resolve(arguments, isGrouped: true)),
        ("Identity", Identity.Resolve),
        ("LSTM", static arguments => RecurrentLayer.Resolve(arguments, "LSTM")),
        ("LSTMCell", static arguments => CellLayer.Resolve(arguments, "LSTM")),
        ("LayerNormalization", LayerNormalization.Resolve),
        ("LeakyReLU", LeakyReLU.Resolve),
        ("Masking", Masking.Resolve),
        ("MaxPooling1D", static arguments => Pooling.Resolve(arguments, PoolKind.Max, 1)),
        ("MaxPooling2D", static arguments => Pooling.Resolve(arguments, PoolKind.Max, 2)),
        ("MaxPooling3D", static arguments => Pooling.Resolve(arguments, PoolKind.Max, 3)),
        ("Maximum", Maximum.Resolve),
        ("Minimum", Minimum.Resolve),
        ("MultiHeadAttention", static arguments => MultiHeadAttention.Resolve(arguments, isGrouped: false)),
        ("Multiply", Multiply.Resolve),
        ("Normalization", Normalization.Resolve),
        ("PReLU", PReLU.Resolve),
        ("Permute", Permute.Resolve),
        ("PositionEmbedding", PositionEmbedding.Resolve),
        ("RMSNormalization", RMSNormalization.Resolve),
        ("RNN", static arguments => RecurrentLayer.Resolve(arguments, "RNN")),
        ("RandomBrightness", RandomImages.Brightness),
        ("RandomContrast", RandomImages.Contrast),
        ("RandomCrop", RandomImages.Crop),
        ("RandomFlip", RandomImages.Flip),
        ("RandomRotation", RandomImages.Rotation),
        ("RandomTranslation", RandomImages.Translation),
        ("RandomZoom", RandomImages.Zoom),
        ("ReLU", ReLU.Resolve),
        ("RepeatVector", RepeatVector.Resolve),
        ("Rescaling", Rescaling.Resolve),
        ("Reshape", Reshape.Resolve),
        ("Resizing", Resizing.Resolve),
        ("SeparableConv1D", static arguments => SeparableConv.Resolve(arguments, 1)),
        ("SeparableConv2D", static arguments => SeparableConv.Resolve(arguments, 2)),
        ("SimpleRNN", static arguments => RecurrentLayer.Resolve(arguments, "SimpleRNN")),
        ("SimpleRNNCell", static arguments => CellLayer.Resolve(arguments, "SimpleRNN")),
        ("Softmax", Softmax.Resolve),
        ("SpatialDropout1D", static arguments => SpatialDropout.Resolve(arguments, 1)),
        ("SpatialDropout2D", static arguments => SpatialDropout.Resolve(arguments, 2)),
        ("SpatialDropout3D", static arguments => SpatialDropout.Resolve(arguments, 3)),
        ("SpectralNormalization", SpectralNormalization.Resolve),
        ("Subtract", Subtract.Resolve),
        ("TimeDistributed", TimeDistributed.Resolve),
        ("UnitNormalization", UnitNormalization.Resolve),
        ("UpSampling1D", static arguments => UpSampling.Resolve(arguments, 1)),
        ("UpSampling2D", static arguments => UpSampling.Resolve(arguments, 2)),
        ("UpSampling3D", static arguments => UpSampling.Resolve(arguments, 3)),
        ("ZeroPadding1D", static arguments => ZeroPadding.Resolve(arguments, 1)),
        ("ZeroPadding2D", static arguments => ZeroPadding.Resolve(arguments, 2)),
        ("ZeroPadding3D", static arguments => ZeroPadding.Resolve(arguments, 3)),
    ];

    private static readonly string[] Wrappers = ["Bidirectional", "RNN", "SpectralNormalization", "TimeDistributed"];

    private static readonly string[] Cells = ["GRUCell", "LSTMCell", "SimpleRNNCell"];

    /// <summary>Whether an attribute is a cell, which an RNN before it takes, with others that follow it.</summary>
    public static bool IsCell(string attribute) => Cells.Contains(attribute);

    /// <summary>Whether the layer of an attribute wraps the one that stands after it.</summary>
    public static bool Wraps(string attribute) => Wrappers.Contains(attribute);

    /// <summary>Keras's class of an attribute's layer, after which it is named where users make it by another name.</summary>
    public static string ClassOf(string attribute) => attribute == "GroupQueryAttention" ? "GroupedQueryAttention" : attribute;

    /// <summary>How the layer of an attribute is made; null where no attribute of that name is known.</summary>
    public static Func<Arguments, Layer>? Find(string attribute) => Array.Find(Layers, entry => entry.Attribute == attribute).Resolve;
}
