using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Diagnostics;

/// <summary>
/// Everything the compiler can say about a network. Ids are never used again for something else; each has a heading in docs/diagnostics.md.
/// </summary>
internal static class DiagnosticDescriptors
{
    private const string HelpLink = "https://github.com/compilednets/compilednets/blob/main/docs/diagnostics.md#";

    public static readonly DiagnosticDescriptor NotPartial = Error("CN0001", "A network must be partial",
        "'{0}' must be partial, so that the compiler can add the network to it. Write 'partial class {0}'.");

    public static readonly DiagnosticDescriptor NotAClass = Error("CN0002", "A network must be a plain class",
        "'{0}' {1}, but a network must be a plain class. Write 'partial class {0}'.");

    public static readonly DiagnosticDescriptor Generic = Error("CN0003", "A network cannot be generic",
        "'{0}' is generic or lies in a generic type, but the sizes of a network are fixed when it is compiled. "
        + "Remove the type parameters of '{1}'.");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error("CN0004", "A type around a network must be partial",
        "'{0}' lies in '{1}', which is not partial. Write 'partial' before '{1}' too.");

    public static readonly DiagnosticDescriptor HasBaseClass = Error("CN0005", "A network has no base class of its own",
        "'{0}' derives from '{1}', but a network derives from 'Model'. Remove the base class.");

    public static readonly DiagnosticDescriptor NoLayers = Error("CN0006", "A network needs layers",
        "'{0}' has no layers. Add [Input(...)] with the shape of a sample, and layers below it, such as [Dense(1)].");

    public static readonly DiagnosticDescriptor NoInput = Error("CN0007", "A network starts with [Input]",
        "'{0}' has no [Input]. Add [Input(...)] with the shape of a sample above '{1}'.");

    public static readonly DiagnosticDescriptor InputNotFirst = Error("CN0008", "[Input] stands first",
        "[Input] must stand above all layers, but '{0}' stands above it. Move [Input] to the top.");

    public static readonly DiagnosticDescriptor InputTwice = Error("CN0009", "A chain has one [Input]",
        "'{0}' has a second [Input]. A chain has one input; remove this one.");

    public static readonly DiagnosticDescriptor NotPositive = Error("CN0010", "Sizes are positive",
        "'{0}' of '{1}' must be positive, but is {2}");

    public static readonly DiagnosticDescriptor OutOfRange = Error("CN0011", "An argument is out of range",
        "'{0}' of '{1}' must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor WrongShape = Error("CN0012", "A layer cannot take this shape",
        "'{0}' takes {1}, but '{2}' gives {3}. {4}");

    public static readonly DiagnosticDescriptor ReshapeMismatch = Error("CN0013", "Reshape must keep the number of elements",
        "'{0}' makes {1} of {2} elements, but '{3}' gives {4} with {5} elements. {6}");

    public static readonly DiagnosticDescriptor UnknownName = Error("CN0014", "Unknown name of a part",
        "'{0}' is no {1} that '{2}' knows. {3}");

    public static readonly DiagnosticDescriptor SeveralDeclarations = Error("CN0015", "The layers of a chain stand in one declaration",
        "The layers of '{0}' stand in several declarations, whose order is not defined. Move them all to one.");

    public static readonly DiagnosticDescriptor DuplicateLayerName = Error("CN0016", "Layers have different names",
        "'{0}' is already the name of another layer of '{1}'. Give this one another Name.");

    public static readonly DiagnosticDescriptor BadLayerName = Error("CN0017", "A layer's name is not usable",
        "\"{0}\" cannot be the name of a layer: {1}");

    public static readonly DiagnosticDescriptor NameCollision = Error("CN0018", "A layer's property collides with a member",
        "Layer '{0}' would get the property '{1}', but '{2}' has a member of that name. Give the layer another Name.");

    public static readonly DiagnosticDescriptor MixedDeclarations = Error("CN0019", "Layers stand on the class or on its members",
        "'{0}' has layers on the class and on its member '{1}'. A network uses one of the two: move all layers to the class.");

    public static readonly DiagnosticDescriptor TooLarge = Error("CN0020", "The network is too large",
        "'{0}' would have {1}, more than the {2}");

    public static readonly DiagnosticDescriptor MemberCollision = Error("CN0021", "A member has a name that the compiler gives",
        "'{0}' declares '{1}', but a network has a member of that name already. Give yours another name.");

    public static readonly DiagnosticDescriptor OldLanguage = Error("CN0022", "Networks need C# 12",
        "'{0}' is compiled as C# {1}, but networks need C# 12 or later. Remove <LangVersion> from the project, or write 'latest'.");

    public static readonly DiagnosticDescriptor UnknownConstant = Error("CN0023",
        "The compiler of networks does not know an argument's value",
        "'{0}' has no value where networks are compiled: it is not declared, or a source generator declares it. "
        + "Write the number, or a constant of your own.");

    public static readonly DiagnosticDescriptor BadInitializer = Error("CN0024", "A member cannot give what an argument names",
        "'{0}' cannot be what '{1}' names: {2}");

    public static readonly DiagnosticDescriptor OwnConstructor = Error("CN0025", "A constructor of a network calls the generated one",
        "The constructor '{0}' {1}");

    public static readonly DiagnosticDescriptor DeclaredTwice = Error("CN0026", "Two networks have one name",
        "'{0}' is declared as a network already, in {1}. Give one of the two another name.");

    public static readonly DiagnosticDescriptor LayersWithoutNetwork = Error("CN0027", "Layers do nothing without [Network]",
        "'{0}' has layers, but is no network. Add [Network] above them.");

    public static readonly DiagnosticDescriptor UnknownLayer = Error("CN0028", "The compiler does not know a layer",
        "[{0}] is no layer that this compiler knows. Use the runtime and the generator of one version.");

    public static readonly DiagnosticDescriptor HidesName = Error("CN0029", "A generated member would hide what an attribute names",
        "In an attribute, '{0}' would mean {1}. {2}");

    public static readonly DiagnosticDescriptor ActivationOfOne = Warning("CN0030", "An activation over one unit is always the same",
        "'{0}' applies {1} to an axis of one unit, which always gives {2}. Did you mean 'sigmoid'?");

    public static readonly DiagnosticDescriptor OldLanguageForGraphs = Error("CN0031", "Graphs need C# 13",
        "The nodes of '{0}' are partial properties, which C# {1} does not have. Set LangVersion to 13 or later.");

    public static readonly DiagnosticDescriptor NotANode = Error("CN0032", "A member with layers is a node",
        "'{0}' has layers, but is no node. Write 'public partial Node {0} {{ get; }}'.");

    public static readonly DiagnosticDescriptor UnknownNode = Error("CN0033", "Unknown node",
        "'{0}' is no node of '{1}'. {2}");

    public static readonly DiagnosticDescriptor Cycle = Error("CN0034", "Nodes form a circle",
        "'{0}' needs its own {1}: {2}. {3}");

    public static readonly DiagnosticDescriptor DeadNode = Error("CN0035", "A node leads nowhere",
        "Nobody takes the value of '{0}', and it is no output. Add [Output] to it, name it in another node, or remove it.");

    public static readonly DiagnosticDescriptor NoOutput = Error("CN0036", "A graph has an output",
        "'{0}' has no [Output]. Add it to the node that the network returns.");

    public static readonly DiagnosticDescriptor NodeHasNoValue = Error("CN0037", "A node begins with a value",
        "'{0}' begins with [{1}], which has nothing to work on. Begin with [Input(...)], [From(nameof(...))] or a merge of nodes.");

    public static readonly DiagnosticDescriptor WrongPlace = Error("CN0038", "Parts of a node stand in order",
        "[{0}] stands {1} in a node, but in '{2}' it does not. {3}");

    public static readonly DiagnosticDescriptor MergeCount = Error("CN0039", "A merge joins a number of values",
        "'{0}' joins {1}, but gets {2}. {3}");

    public static readonly DiagnosticDescriptor MergeShapes = Error("CN0040", "A merge cannot join these shapes",
        "'{0}' cannot join {1} and {2}: {3}");

    public static readonly DiagnosticDescriptor PortsOfOneName = Error("CN0041", "Inputs and outputs have different names",
        "'{0}' and '{1}' are inputs or outputs, and both would be called '{2}'. Give one of them another name.");

    public static readonly DiagnosticDescriptor NothingToShare = Error("CN0042", "A node whose layers are shared has layers",
        "'{0}' has no layers behind what it begins with, so that '{1}' has nothing to share. Name a node with layers.");

    public static readonly DiagnosticDescriptor NotApplicable = Error("CN0043", "A class cannot be applied as a network",
        "'{0}' cannot be applied: {1}");

    public static readonly DiagnosticDescriptor ContainsItself = Error("CN0044", "A network contains itself",
        "'{0}' would contain itself without end: {1}. Let one of them apply another network.");

    public static readonly DiagnosticDescriptor HiddenMember = Error("CN0045", "A nested network's member cannot be read",
        "'{0}' names its member '{1}', which '{2}' cannot read. Make that member and its class public, or internal in one assembly.");

    public static readonly DiagnosticDescriptor NetworkInputs = Error("CN0046", "A network takes a value for each of its inputs",
        "'{0}' takes a value for each of its inputs ({1}), but gets {2}. {3}");

    public static readonly DiagnosticDescriptor UnknownOutput = Error("CN0047", "Unknown output of a node",
        "'{0}' gives no output '{1}'. {2}");

    public static readonly DiagnosticDescriptor TooManyLayers = Error("CN0048", "The network has too many layers",
        "'{0}' would apply more than {1}. Nest or share less.");

    public static readonly DiagnosticDescriptor NothingToWrap = Error("CN0049", "A wrapper stands before a layer that it can wrap",
        "[{0}] wraps the layer that stands after it, but {1}. Put it before a layer such as [Dense(8)].");

    public static readonly DiagnosticDescriptor ChannelsFirst = Error("CN0050", "Channels are the last axis",
        "'{0}' has the channels before the other axes, but layers take them behind. Leave DataFormat out, and put [Permute({1})] before it.");

    public static readonly DiagnosticDescriptor LargeKernel = Error("CN0051", "A kernel is larger than the image",
        "'{0}' moves a kernel of {1} over {2} places of '{3}', with padding 'valid'. {4}");

    public static readonly DiagnosticDescriptor WideDilation = Error("CN0052", "Dilations leave nothing of the image",
        "'{0}' spreads a kernel of {1} over {2} places by its dilations, more than the {3} of '{4}'. {5}");

    public static readonly DiagnosticDescriptor UnevenGroups = Error("CN0053", "Groups divide channels and filters",
        "'{0}' has {1} groups, which do not divide {2}. {3}");

    public static readonly DiagnosticDescriptor StridesAndDilations = Error("CN0054", "Strides and dilations exclude each other",
        "'{0}' has strides of {1} and dilations of {2}. One of the two must be 1.");

    public static readonly DiagnosticDescriptor OutputPadding = Error("CN0055", "Output padding is less than the strides",
        "'{0}' has output padding of {1} with strides of {2}. Along each axis it must be less than the stride.");

    public static readonly DiagnosticDescriptor NothingTransposed = Error("CN0056", "A transposed convolution leaves nothing",
        "'{0}' makes nothing of the {2} places of '{1}'. Leave OutputPadding out, or make it larger.");

    public static readonly DiagnosticDescriptor ComputedIndices = Error("CN0065", "Rows are looked up by numbers of an input",
        "'{0}' looks rows up by the numbers of an input, but '{1}' computes those that it gives. Take an input, or what only moves its "
        + "numbers, such as Reshape.");

    public static readonly DiagnosticDescriptor MaskDropped = Warning("CN0066", "A mask ends here",
        "'{0}' does not know masks, so that the one of '{1}' ends here: masked steps count from here on. Put a layer that uses the mask "
        + "before it, such as LSTM or GlobalAveragePooling1D.");

    public static readonly DiagnosticDescriptor MaskRefused = Error("CN0067", "A layer cannot take a value with a mask",
        "'{0}' cannot take '{1}', which has a mask. Put it before the layer that masks, or use the mask up before it.");

    public static readonly DiagnosticDescriptor WrongStates = Error("CN0068", "A recurrent layer takes as many states as it has",
        "'{0}' has {1} states, {2}, but gets {3}. Name nodes of these shapes, in this order.");

    public static readonly DiagnosticDescriptor CellAlone = Error("CN0069", "A cell belongs to an RNN",
        "[{0}] is what one step of a recurrent layer does, and no layer by itself. Put [RNN] before it.");

    public static readonly DiagnosticDescriptor AugmentationBehindTraining = Warning("CN0075",
        "Images change at random before the first layer that trains",
        "'{0}' changes what '{1}' has made of the image. Put it before '{1}', the first layer that trains.");

    public static readonly DiagnosticDescriptor AttentionShapes = Error("CN0085", "An attention cannot take these shapes",
        "'{0}' cannot attend from {1} to {2} with keys of {3}: {4}");

    public static readonly DiagnosticDescriptor MaskShape = Error("CN0086", "A mask has another shape",
        "'{0}' needs {2} for its {1}, but the node gives {3}. Name a node of that shape.");

    public static readonly DiagnosticDescriptor BadEquation = Error("CN0087", "An equation of axes cannot be read",
        "'{0}' cannot work '{1}': {2}");

    public static readonly DiagnosticDescriptor InternalError = Error("CN0099", "The compiler failed",
        "The compiler of CompiledNets failed on '{0}': {1}. Please report it with the attributes of the network.");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById =
        All().ToDictionary(descriptor => descriptor.Id, StringComparer.Ordinal);

    /// <summary>All descriptors, in the order of their ids.</summary>
    public static IEnumerable<DiagnosticDescriptor> All() =>
    [
        NotPartial, NotAClass, Generic, ContainerNotPartial, HasBaseClass, NoLayers, NoInput, InputNotFirst, InputTwice, NotPositive,
        OutOfRange, WrongShape,
        ReshapeMismatch, UnknownName, SeveralDeclarations, DuplicateLayerName, BadLayerName, NameCollision, MixedDeclarations, TooLarge,
        MemberCollision, OldLanguage, UnknownConstant,
        BadInitializer, OwnConstructor, DeclaredTwice, LayersWithoutNetwork, UnknownLayer, HidesName, ActivationOfOne,
        OldLanguageForGraphs, NotANode,
        UnknownNode, Cycle, DeadNode, NoOutput, NodeHasNoValue, WrongPlace, MergeCount, MergeShapes, PortsOfOneName, NothingToShare,
        NotApplicable, ContainsItself, HiddenMember, NetworkInputs, UnknownOutput, TooManyLayers, NothingToWrap, ChannelsFirst,
        LargeKernel, WideDilation, UnevenGroups, StridesAndDilations, OutputPadding, NothingTransposed, ComputedIndices, MaskDropped,
        MaskRefused, WrongStates, CellAlone, AugmentationBehindTraining, AttentionShapes, MaskShape, BadEquation, InternalError,
    ];

    /// <summary>The descriptor of an id.</summary>
    public static DiagnosticDescriptor Get(string id) => ById[id];

#pragma warning disable RS2008 // Release tracking reads the calls below through this helper.
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "CompiledNets", DiagnosticSeverity.Error, isEnabledByDefault: true,
            helpLinkUri: HelpLink + id.ToLowerInvariant());

    // What compiles and is hardly meant, as Keras warns of it.
    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "CompiledNets", DiagnosticSeverity.Warning, isEnabledByDefault: true,
            helpLinkUri: HelpLink + id.ToLowerInvariant());
#pragma warning restore RS2008
}
