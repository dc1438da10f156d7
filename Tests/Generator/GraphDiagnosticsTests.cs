using System.Globalization;
using CompiledNets.Generator.Passes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Each mistake that a graph can have: its id, its words, its squiggle, and nothing else, though other code uses the network.
/// </summary>
public sealed class GraphDiagnosticsTests
{
    private const string Usings = "using CompiledNets;\n";

    /// <summary>Code that uses the network: it must show no error of its own.</summary>
    private const string User = """
        public static class User
        {
            public static string Use() => new Net(seed: 1).X.Name;
        }
        """;

    // Between bars stands what is underlined; P is what all nodes of the samples begin with.
    [Theory]
    [InlineData("CN0068", "'lstm' has 2 states, h of (3), c of (3), but gets 'Z' of (3).",
        "[Input(4, 2)] P X { get; } [Input(3)] P Z { get; } [From(nameof(X)), LSTM(3, |InitialState = [nameof(Z)]|), Dense(1), Output] " +
        "P Y { get; }")]
    [InlineData("CN0032", "Write 'public partial Node X { get; }'",
        "[Input(3)] public Node |X| { get; } [From(nameof(X)), Dense(1), Output] P Y { get; }")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public Node |Y| => X;")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public int |Y| => 3;")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public partial int |Y| { get; }")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public partial Node? |Y| { get; }")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public partial Node |Y| { get; set; }")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public partial Node |Y| { get; private init; }")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public static partial Node |Y| { get; }")]
    [InlineData("CN0032", "'Y' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P |Y| { get; } public partial Node Y => X;")]
    [InlineData("CN0032", "'this[]' has layers, but is no node",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] public int |this|[int i] => i;")]
    [InlineData("CN0033", "'Z' is no node of 'Net'. Did you mean 'X'?",
        "[Input(3)] P X { get; } [From(|\"Z\"|), Dense(1), Output] P Y { get; }")]
    [InlineData("CN0033", "Did you mean 'Street'?",
        "[Input(3)] P X { get; } [Input(3)] P Street { get; } [Add(nameof(X), |\"Stret\"|), Output] P Y { get; }")]
    [InlineData("CN0033", "Did you mean 'Street'?",
        "[Input(3)] P X { get; } [Input(3)] P Street { get; } [From(nameof(X)), Add(|\"Stret\"|), Output] P Y { get; }")]
    [InlineData("CN0033", "There are Price, X.",
        "[Input(3)] P X { get; } [From(nameof(X)), Shared(|\"Neighbourhood\"|), Output] P Price { get; }")]
    [InlineData("CN0033", "There are Price, X.", "[Input(3)] P X { get; } [From(|nameof(Neighbourhood)|), Dense(1), Output] P Price { get; } private static int Neighbourhood => 3;")]
    [InlineData("CN0033", "'' is no node of 'Net'", "[Input(3)] P X { get; } [From(|null!|), Dense(1), Output] P Price { get; }")]
    [InlineData("CN0033", "'' is no node of 'Net'", "[Input(3)] P X { get; } [From(nameof(X)), Shared(|null!|), Output] P Price { get; }")]
    [InlineData("CN0033", "'' is no node of 'Net'", "[Input(3)] P X { get; } [Concatenate(nameof(X), |null!|), Output] P Price { get; }")]
    [InlineData("CN0034", "'A' needs its own value: A takes A. Let one of them take another node.",
        "[Input(3)] P X { get; } [From(|nameof(A)|), Dense(3), Add(nameof(X)), Output] P A { get; }")]
    [InlineData("CN0034", "'A' needs its own value: A takes B takes A.",
        "[Input(3)] P X { get; } [Add(nameof(X), nameof(B))] P A { get; } [From(|nameof(A)|), Dense(3), Output] P B { get; }")]
    [InlineData("CN0034", "'A' needs its own value: A takes C takes B takes A.",
        "[Input(3)] P X { get; } [Add(nameof(X), nameof(C))] P A { get; } [From(nameof(X)), Multiply(nameof(X), |nameof(A)|)] P B { " +
        "get; } [From(nameof(B)), Dense(3), Output] P C { get; }")]
    [InlineData("CN0034", "'A' needs its own layers: A shares A. Give one of them layers of its own.",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3), Shared(|nameof(A)|), Output] P A { get; }")]
    [InlineData("CN0034", "'A' needs its own layers: A shares B shares A.",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3), Shared(nameof(B)), Output] P A { get; } [From(nameof(X)), Dense(3), " +
        "Shared(|nameof(A)|), Output] P B { get; }")]
    [InlineData("CN0034", "'B' needs its own value: B takes B.",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3), Add(nameof(B)), Output] P A { get; } [From(nameof(X)), " +
        "Shared(|nameof(A)|), Output] P B { get; }")]
    [InlineData("CN0035", "Nobody takes the value of 'A', and it is no output.",
        "[Input(3)] P X { get; } [|From(nameof(X))|, Dense(3)] P A { get; } [From(nameof(X)), Dense(1), Output] P Y { get; }")]
    [InlineData("CN0035", "Nobody takes the value of 'Z'",
        "[Input(3)] P X { get; } [|Input(3)|] P Z { get; } [From(nameof(X)), Dense(1), Output] P Y { get; }")]
    [InlineData("CN0035", "Nobody takes the value of 'B'",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3)] P A { get; } [|From(nameof(A))|, Dense(3)] P B { get; } [From(nameof(X)), " +
        "Dense(1), Output] P Y { get; }")]
    [InlineData("CN0035", "Nobody takes the value of 'A'",
        "[Input(3)] P X { get; } [|From(nameof(X))|, Dense(3)] P A { get; } [From(nameof(X)), Shared(nameof(A)), Output] P Y { get; }")]
    [InlineData("CN0037", "'Y' begins with [Dense], which has nothing to work on.",
        "[Input(3)] P X { get; } [|Dense(3)|, Add(nameof(X)), Output] P Y { get; }")]
    [InlineData("CN0037", "'Y' begins with [Add]", "[Input(3), Output] P X { get; } [|Add|, Output] P Y { get; }")]
    [InlineData("CN0037", "'Y' begins with [Output]", "[Input(3), Output] P X { get; } [|Output|] P Y { get; }")]
    [InlineData("CN0037", "'Y' begins with [Shared]",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3), Output] P A { get; } [|Shared(nameof(A))|, Output] P Y { get; }")]
    [InlineData("CN0038", "[Output] stands last in a node, but in 'Y' it does not. Move it there.",
        "[Input(3)] P X { get; } [From(nameof(X)), |Output|, Dense(3)] P Y { get; }")]
    [InlineData("CN0038", "[From] stands first in a node, but in 'Y' it does not. Move it there.",
        "[Input(3)] P X { get; } [Input(3)] P Z { get; } [Add(nameof(X), nameof(Z)), |From(nameof(X))|, Dense(3), Output] P Y { get; }")]
    [InlineData("CN0038", "The node begins with [From] already; give this a node of its own.",
        "[Input(3)] P X { get; } [From(nameof(X)), |Input(4)|, Dense(3), Output] P Y { get; }")]
    [InlineData("CN0038", "The node begins with [Input] already; give this a node of its own.",
        "[Input(3), |Input(4)|] P X { get; } [From(nameof(X)), Dense(3), Output] P Y { get; }")]
    [InlineData("CN0039", "'add' joins two values or more, but gets 1. Name another node.",
        "[Input(3)] P X { get; } [|Add(nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0039", "'concatenate' joins two values or more, but gets 1.",
        "[Input(3)] P X { get; } [From(nameof(X)), |Concatenate|, Output] P Y { get; }")]
    [InlineData("CN0039", "'subtract' joins two values, but gets 3. Name fewer nodes.",
        "[Input(3)] P X { get; } [|Subtract(nameof(X), nameof(X), nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0039", "'subtract' joins two values, but gets 3.",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3), |Subtract(nameof(X), nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0039", "'dot' joins two values, but gets 1.",
        "[Input(3)] P X { get; } [|Dot(nameof(X), Axis = 1)|, Output] P Y { get; }")]
    [InlineData("CN0040", "'add' cannot join 'X' of (3) and 'Z' of (4): their axes, from the last on, must be equal or 1.",
        "[Input(3)] P X { get; } [Input(4)] P Z { get; } [|Add(nameof(X), nameof(Z))|, Output] P Y { get; }")]
    [InlineData("CN0040", "'maximum' cannot join 'dense' of (5) and 'X' of (3)",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(5), |Maximum(nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0040", "all axes but the one along which they stand side by side must be equal",
        "[Input(2, 3)] P X { get; } [Input(4, 3)] P Z { get; } [|Concatenate(nameof(X), nameof(Z))|, Output] P Y { get; }")]
    [InlineData("CN0040", "the axes that are summed over have 3 and 4 elements",
        "[Input(3)] P X { get; } [Input(4)] P Z { get; } [|Dot(nameof(X), nameof(Z), Axis = 1)|, Output] P Y { get; }")]
    [InlineData("CN0011", "'Axis' of 'dot' must be from 1 to 1",
        "[Input(3)] P X { get; } [Dot(nameof(X), nameof(X), |Axis = 2|), Output] P Y { get; }")]
    [InlineData("CN0011", "'Axis' of 'dot' must be from 1 to 1",
        "[Input(3)] P X { get; } [|Dot(nameof(X), nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0011", "'Axes' of 'dot' must be two axes, one of each value",
        "[Input(3)] P X { get; } [Dot(nameof(X), nameof(X), |Axes = new[] { 1 }|), Output] P Y { get; }")]
    [InlineData("CN0011", "'Axis' of 'concatenate' must be from 1 to 1",
        "[Input(3)] P X { get; } [Concatenate(nameof(X), nameof(X), |Axis = 0|), Output] P Y { get; }")]
    [InlineData("CN0012",
        "'dense' takes (3), to which it is applied elsewhere, but 'Z' gives (4). Shared layers take values of one shape.",
        "[Input(3)] P X { get; } [Input(4)] P Z { get; } [From(nameof(X)), Dense(2), Output] P A { get; } [From(nameof(Z)), " +
        "|Shared(nameof(A))|, Output] P B { get; }")]
    [InlineData("CN0041", "'X' and 'x' are inputs or outputs, and both would be called 'x'",
        "[Input(3)] P X { get; } [|From(nameof(X))|, Dense(1), Output] P x { get; }")]
    [InlineData("CN0041", "'A' and 'B'",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output(Name = \"out\")] P A { get; } [|From(nameof(X))|, Dense(1), " +
        "Output(Name = \"out\")] P B { get; }")]
    [InlineData("CN0041", "'A' and 'B' are inputs or outputs, and both would be called 'Dense1'",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output(Name = \"dense_1\")] P A { get; } [|From(nameof(X))|, Dense(1), " +
        "Output(Name = \"dense1\")] P B { get; }")]
    [InlineData("CN0041", "'_' and '__'",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P _ { get; } [|From(nameof(X))|, Dense(1), Output] P __ { get; }")]
    [InlineData("CN0017", "it has no letter", "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output(|Name = \"1\"|)] P A { get; }")]
    [InlineData("CN0041", "'IsSold' and 'isSold'",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P IsSold { get; } [|From(nameof(X))|, Dense(1), Output] P isSold { " +
        "get; }")]
    [InlineData("CN0042", "'X' has no layers behind what it begins with, so that 'Y' has nothing to share",
        "[Input(3)] P X { get; } [From(nameof(X)), Shared(|nameof(X)|), Output] P Y { get; }")]
    [InlineData("CN0042", "'Z' has no layers",
        "[Input(3)] P X { get; } [Add(nameof(X), nameof(X)), Output] P Z { get; } [From(nameof(X)), Shared(|nameof(Z)|), Output] P Y { " +
        "get; }")]
    [InlineData("CN0049", "but nothing does.",
        "[Input(3)] P X { get; } [From(nameof(X)), |SpectralNormalization|] P Z { get; } [From(nameof(Z)), Dense(1), Output] P Y { get; }")]
    [InlineData("CN0049", "but [Output] is no layer.",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), |SpectralNormalization|, Output] P Y { get; }")]
    [InlineData("CN0049", "but [Add] joins several values.",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3), |SpectralNormalization|, Add(nameof(X)), Output] P Y { get; }")]
    [InlineData("CN0037", "'Y' begins with [SpectralNormalization]",
        "[Input(3), Output] P X { get; } [|SpectralNormalization|, Dense(1), Output] P Y { get; }")]
    [InlineData("CN0010", "'Units' of 'dense' must be positive",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(|0|), Output] P Y { get; }")]
    [InlineData("CN0010", "'Shape' of 'Input' must be positive", "[|Input|] P X { get; } [From(nameof(X)), Dense(1), Output] P Y { get; }")]
    [InlineData("CN0016", "'a' is already the name of another layer",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(3, Name = \"a\")] P Z { get; } [From(nameof(Z)), Dense(1, |Name = \"a\"|), " +
        "Output] P Y { get; }")]
    [InlineData("CN0018", "Layer 'dense' would get the property 'Dense'",
        "[Input(3)] P X { get; } [From(nameof(X)), |Dense(1)|, Output] P Y { get; } public int Dense => 3;")]
    [InlineData("CN0021", "'Net' declares 'Describe', but a network has a member of that name already",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P Y { get; } public int |Describe| => 3;")]
    [InlineData("CN0029", "'Dense' would mean the property of layer 'dense'",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(|Dense|.Units), Output] P Y { get; } } public static class Dense { public " +
        "const int Units = 3;")]
    [InlineData("CN0085", "'attention' cannot attend from (3, 4) to (2, 5) with keys of (2, 5): query and key need as many features.",
        "[Input(3, 4)] P X { get; } [Input(2, 5)] P Z { get; } [|Attention(nameof(X), nameof(Z))|, Output] P Y { get; }")]
    [InlineData("CN0085", "value and key need as many rows.", "[Input(3, 4)] P X { get; } [Input(2, 4)] P Z { get; } [|AdditiveAttention(nameof(X), nameof(Z), nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0085", "the query needs rows and features",
        "[Input(3)] P X { get; } [From(nameof(X)), |MultiHeadAttention(2, 3)|, Output] P Y { get; }")]
    [InlineData("CN0085", "axis 1, which is not attended over, has different sizes",
        "[Input(3, 4, 5)] P X { get; } [Input(2, 4, 5)] P Z { get; } [|MultiHeadAttention(2, 3, nameof(X), nameof(Z), AttentionAxes = " +
        "[2])|, Output] P Y { get; }")]
    [InlineData("CN0085", "two axes beside the batch.",
        "[Input(3, 4, 5)] P X { get; } [From(nameof(X)), |GroupQueryAttention(2, 4, 2)|, Output] P Y { get; }")]
    [InlineData("CN0086", "'attention' needs (2) for its ValueMask, but the node gives (3).",
        "[Input(3, 4)] P X { get; } [Input(2, 4)] P Z { get; } [Input(3)] P M { get; } [Attention(nameof(X), nameof(Z), |ValueMask = " +
        "nameof(M)|), Output] P Y { get; }")]
    [InlineData("CN0086",
        "'multi_head_attention' needs (3, 2), or with axes of (2, 3, 2) before it for its AttentionMask, but the node gives (2, 3).",
        "[Input(3, 4)] P X { get; } [Input(2, 4)] P Z { get; } [Input(2, 3)] P M { get; } [From(nameof(X)), MultiHeadAttention(2, 3, " +
        "nameof(Z), |AttentionMask = nameof(M)|), Output] P Y { get; }")]
    [InlineData("CN0086", "'softmax' needs (3, 4), or 1 for axes, for its Mask, but the node gives (3).",
        "[Input(3, 4)] P X { get; } [Input(3)] P M { get; } [From(nameof(X)), Softmax(|Mask = nameof(M)|), Output] P Y { get; }")]
    [InlineData("CN0039", "'softmax' joins a value and its mask, but gets 1.",
        "[Input(3, 4)] P X { get; } [|Softmax(Mask = nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0033", "'Q' is no node of 'Net'",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), MultiHeadAttention(2, 3, |ValueMask = \"Q\"|), Output] P Y { get; }")]
    [InlineData("CN0039", "'attention' joins a query, a value and a key at most, but gets 4. Name fewer nodes.",
        "[Input(3, 4)] P X { get; } [|Attention(nameof(X), nameof(X), nameof(X), nameof(X))|, Output] P Y { get; }")]
    [InlineData("CN0011", "'NumQueryHeads' of 'grouped_query_attention' must be a multiple of NumKeyValueHeads, 2",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), GroupQueryAttention(2, |3|, 2), Output] P Y { get; }")]
    [InlineData("CN0011", "'AttentionAxes' of 'multi_head_attention' must be axes of rows: from 1 to 1",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), MultiHeadAttention(2, 3, |AttentionAxes = new[] { 2 }|), Output] P Y { get; }")]
    [InlineData("CN0011", "'UseCausalMask' of 'multi_head_attention' must be left out where several axes are attended over",
        "[Input(3, 2, 4)] P X { get; } [From(nameof(X)), MultiHeadAttention(2, 3, |UseCausalMask = true|), Output] P Y { get; }")]
    [InlineData("CN0047",
        "'A' gives no output 'AttentionScores'. Its chain does not end in a network, or in a layer, with several outputs.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), Attention] P A { get; } [From(nameof(A), |Output = \"AttentionScores\"|), Output] " +
        "P Y { get; }")]
    [InlineData("CN0047", "There are 'output', 'attention_scores'.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), Attention(ReturnAttentionScores = true)] P A { get; } [From(nameof(A), |Output = " +
        "\"Scores\"|), Output] P Y { get; }")]
    [InlineData("CN0087", "'einsum_dense' cannot work 'ab,bc': it has none of the forms",
        "[Input(3)] P X { get; } [From(nameof(X)), EinsumDense(|\"ab,bc\"|, 4), Output] P Y { get; }")]
    [InlineData("CN0087", "it is for inputs with 2 axes beside the batch, and the input is (3).",
        "[Input(3)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cd->abd\"|, -1, 4), Output] P Y { get; }")]
    [InlineData("CN0087", "axis 'd' of the output needs its size in OutputShape.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cd->abd\"|, -1, -1), Output] P Y { get; }")]
    [InlineData("CN0087", "axis 'b' has 3 elements in the input and 5 in OutputShape.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cd->abd\"|, 5, 2), Output] P Y { get; }")]
    [InlineData("CN0087", "its output has 2 axes beside the batch, and OutputShape has 1.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cd->abd\"|, 5), Output] P Y { get; }")]
    [InlineData("CN0087", "axis 'x' of BiasAxes is none of the output, 'abd'.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cd->abd\"|, -1, 5, BiasAxes = \"x\"), Output] P Y { get; }")]
    [InlineData("CN0087", "axis 'e' of the kernel is neither of the input nor of the output.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cde->abd\"|, -1, 5), Output] P Y { get; }")]
    [InlineData("CN0087", "axis 'e' of the output is neither of the input nor of the kernel.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,cd->abe\"|, -1, 5), Output] P Y { get; }")]
    [InlineData("CN0087", "the batch, 'a', has to be the first axis of the output and none of the kernel.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"abc,acd->abd\"|, -1, 5), Output] P Y { get; }")]
    [InlineData("CN0087", "'bcb' has a letter twice.",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), EinsumDense(|\"bcb,cd->bd\"|, 5), Output] P Y { get; }")]
    [InlineData("CN0012", "'position_embedding' takes rows and features, with at most 2 rows, but 'X' gives (3, 4).",
        "[Input(3, 4)] P X { get; } [From(nameof(X)), |PositionEmbedding(2)|, Output] P Y { get; }")]
    public async Task A_mistake_is_one_diagnostic_in_its_place(string id, string words, string marked) =>
        await NetworkTest.Single(id, words, Mark($"[Network] public sealed partial class Net {{ {marked} }}"), User);

    [Theory]
    [InlineData("CN0019", "'Net' has layers on the class and on its member 'X'",
        "[Network, Input(3), Dense(1)] public sealed partial class |Net| { [Input(3)] P X { get; } }")]
    [InlineData("CN0019", "'Net' has layers on the class and on its member 'X'",
        "[Network, Input(3), Dense(1)] public sealed partial class |Net| { [Dense(3)] public Node X { get; } }")]
    [InlineData("CN0019", "'Net' has layers on the class and on its member 'X'", "[Network, Input(3)] public sealed partial class |Net| { [From(\"Input\"), Dense(3), Output] public partial Node X { get; set; } }")]
    [InlineData("CN0036", "'Net' has no [Output]. Add it to the node that the network returns.",
        "[Network] public sealed partial class |Net| { [Input(3)] P X { get; } [From(nameof(X)), Dense(1)] P Y { get; } }")]
    [InlineData("CN0036", "'Net' has no [Output].", "[Network] public sealed partial class |Net| { [Input(3)] P X { get; } }")]
    public async Task A_mistake_of_the_class_is_one_diagnostic_at_its_name(string id, string words, string marked) =>
        await NetworkTest.Single(id, words, Mark(marked), User);

    [Theory]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P Y { get; }")]
    [InlineData("/// <summary>Figures.</summary>\n[Input(3)] P X { get; } /** <summary>Price.</summary> */ [From(nameof(X)), Dense(1), " +
        "Output] internal partial Node Y { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] partial Node Y { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] private partial Node Y { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] private protected partial Node Y { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] protected internal partial CompiledNets.Node Y { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(3)] P @event { get; } [From(nameof(@event)), Dense(1), Output] P " +
        "@class { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(3)] P a { get; } [From(nameof(a)), Dense(1)] P A { get; } " +
        "[From(nameof(A)), Dense(1), Output] P Y { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(3)] P Dense { get; } [From(nameof(Dense)), Dense(1), Output] P Dense1 " +
        "{ get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(3)] P Dense { get; } [From(nameof(Dense)), Dense(1), Output] P " +
        "DenseLayer { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(3, Name = \"price\"), Output] P Price { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(3), Activation(\"relu\")] P Activation { get; } " +
        "[From(nameof(Activation)), Dense(1), Output] P Node { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P output { get; } [From(nameof(X)), Dense(1), Output] P " +
        "input { get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P グラフ { get; } [From(nameof(X)), Dense(1), Output] P _ { " +
        "get; }")]
    [InlineData("[Input(3)] P X { get; } [From(nameof(B)), Dense(3), Add(nameof(X))] P A { get; } [From(nameof(X)), Shared(nameof(A)), " +
        "Dense(4)] P C { get; } [From(nameof(X)), Dense(3)] P B { get; } [Concatenate(nameof(A), nameof(C)), Output] P Y { get; }")]
    // A takes the layers of B, whose value is made of that of A.
    [InlineData("[Input(3)] P X { get; } [From(nameof(A)), Dense(3), Output] P B { get; } [From(nameof(X)), Shared(nameof(B))] P A { get; }")]
    [InlineData("[Input(3), Output] P X { get; }")]
    public async Task What_is_right_is_not_spoken_of(string nodes) =>
        await NetworkTest.None(Mark($"[Network] public partial class Net {{ {nodes} }}"), User);

    [Fact]
    public void An_older_language_is_told()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp12);
        string source =
            Mark("[Network] public sealed partial class Net { [Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P Y { get; } }");
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options);
        CSharpCompilation compilation = Harness.CompiledNetworks.Compilation([])
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, options));
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out var diagnostics);
        Diagnostic own = Assert.Single(diagnostics);
        Assert.Equal("CN0031", own.Id);
        Assert.Contains("which C# 12.0 does not have", own.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        // C# says the same of each property, and nothing of generated code.
        Assert.All(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden),
            diagnostic => Assert.Equal(compilation.SyntaxTrees[0], diagnostic.Location.SourceTree));
    }

    // C# has a word for these, and ours stays silent.
    [Theory]
    [InlineData("CS0103", "[Input(3)] P X { get; } [From(nameof(Stret)), Dense(1), Output] P Y { get; }")]
    [InlineData("CS0103", "[Input(3)] P X { get; } [Add(nameof(X), nameof(Stret)), Output] P Y { get; }")]
    [InlineData("CS0103", "[Input(3)] P X { get; } [From(nameof(X)), Dense(1, KernelInitializer = nameof(Smal)), Output] P Y { get; }")]
    [InlineData("CS0117", "[Input(3)] P X { get; } [From(nameof(Net.Stret)), Dense(1), Output] P Y { get; }")]
    [InlineData("CS0579", "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output, Output] P Y { get; }")]
    [InlineData("CS7036", "[Input(3)] P X { get; } [From, Dense(1), Output] P Y { get; }")]
    [InlineData("CS0246", "[Input(3)] P X { get; } [From(nameof(X)), Dens(1), Output] P Y { get; }")]
    [InlineData("CS9250",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P Y { get; } [From(nameof(X)), Dense(1), Output] P Y { get; }")]
    [InlineData("CS0102",
        "[Input(3)] P X { get; } [From(nameof(X)), Dense(1), Output] P Y { get; } [From(nameof(X)), Dense(1), Output] public Node Y => X;")]
    public void What_csharp_says_is_not_said_again(string id, string nodes)
    {
        Diagnostic[] all = GeneratorFixture.Run(Mark($"[Network] public sealed partial class Net {{ {nodes} }}"), User).Diagnostics;
        Assert.Contains(all, diagnostic => diagnostic.Id == id);
        Assert.DoesNotContain(all, diagnostic => diagnostic.Id.StartsWith("CN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Dense(|Target.ParameterCount|)")]
    [InlineData("Dense(|Twice|)")]
    [InlineData("Dropout(|1.0 / Target.ParameterCount|)")]
    public async Task A_generated_constant_is_refused_with_words(string layer) =>
        await NetworkTest.Single("CN0023", "has no value where networks are compiled", Mark(
        $"[Network, Input(3), Dense(4)] public sealed partial class Target; [Network] public sealed partial class Net {{ private const int Twice = 2 * Target.ParameterCount; [Input(3)] P X {{ get; }} [From(nameof(X)), {layer}, Output] P Y {{ get; }} }}"), User);

    // C# warns of the member that is hidden; what it leads to would show elsewhere.
    [Theory]
    [InlineData("Fit")]
    [InlineData("Nodes")]
    [InlineData("Seed")]
    public void A_node_that_hides_a_member_of_the_model_is_told(string name)
    {
        string source = Mark(
            $"[Network] public sealed partial class Net " +
            $"{{ [Input(3)] P X {{ get; }} [From(nameof(X)), Dense(1), Output] P {name} {{ get; }} }}");
        Diagnostic[] all = GeneratorFixture.Run(source, User).Diagnostics;
        Diagnostic own = Assert.Single(all, diagnostic => diagnostic.Id != "CS0108");
        Assert.Equal("CN0021", own.Id);
        Assert.Equal(name, source.Substring(own.Location.SourceSpan.Start, own.Location.SourceSpan.Length));
    }

    [Fact]
    public void Shares_of_shares_end_somewhere()
    {
        IEnumerable<string> doubled = Enumerable.Range(1, 40)
            .Select(i => $"[From(nameof(N{i - 1})), Shared(nameof(N{i - 1})), Shared(nameof(N{i - 1}))] P N{i} {{ get; }}");
        Diagnostic[] all = GeneratorFixture.Run(Mark($"[Network] public sealed partial class Net {{ [Input(3)] P X {{ get; }} [From(nameof(X)), Dense(3)] P N0 {{ get; }} {string.Join("\n", doubled)} [From(nameof(N40)), Output] P Y {{ get; }} }}"), User).Diagnostics;
        Diagnostic own = Assert.Single(all);
        Assert.Equal("CN0020", own.Id);
        Assert.Contains("more than the 4000 that the compiler makes. Share fewer layers.", own.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    // The compiler's thread has a small stack, and nodes may stand in the reverse of the order in which they are worked out.
    [Fact]
    public void Nodes_are_put_in_order_however_deep_they_nest()
    {
        const int Count = 200_000;
        IReadOnlyList<int> order = [];
        List<IReadOnlyList<int>> circles = [];
        var thread = new Thread(() => order = NodeOrder.Of(Count, node => node == Count - 1 ? [0] : [node + 1], circles.Add),
            maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(Enumerable.Range(0, Count).Reverse(), order);
        Assert.Equal(Enumerable.Range(0, Count), Assert.Single(circles));
    }

    [Fact]
    public void A_long_circle_is_told_in_short()
    {
        IEnumerable<string> ring = Enumerable.Range(0, 100).Select(i => $"[Add(nameof(X), nameof(N{(i + 1) % 100}))] P N{i} {{ get; }}");
        Diagnostic[] all = GeneratorFixture.Run(
            Mark($"[Network] public sealed partial class Net {{ [Input(3)] P X {{ get; }} {string.Join("\n", ring)} }}")).Diagnostics;
        Assert.Contains(
            "'N0' needs its own value: N0 takes N1 takes N2 takes N3 takes N4 takes N5 takes N6 takes N7 takes ... takes N99 takes N0.",
            Assert.Single(all).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_leaves_a_node_its_name()
    {
        GeneratorFixture fixture = GeneratorFixture.Run(
            Mark("[Network] public sealed partial class Net { [Input(3)] P X { get; } [From(nameof(X)), Dense(3)] P Dense { get; } " +
            "[From(nameof(Dense)), Dense(1), Output] P Y { get; } }"));
        Assert.Empty(fixture.Diagnostics);
        INamedTypeSymbol net = fixture.Output.GetTypeByMetadataName("Net")!;
        Assert.Equal("CompiledNets.Node",
            Assert.IsType<IPropertySymbol>(Assert.Single(net.GetMembers("Dense")), exactMatch: false).Type.ToDisplayString());
        Assert.Equal("CompiledNets.ModelLayer",
            Assert.IsType<IPropertySymbol>(Assert.Single(net.GetMembers("DenseLayer")),
            exactMatch: false).Type.BaseType!.ToDisplayString());
    }

    // Generated parts have comments where the user's have none, so that a project that asks for comments hears nothing of generated code.
    [Fact]
    public void A_node_keeps_the_comment_that_the_user_wrote_and_gets_one_otherwise()
    {
        GeneratorFixture fixture = GeneratorFixture.Run(
            Mark("[Network] public sealed partial class Net {\n/// <summary>The figures.</summary>\n[Input(3)] P X { get; " +
            "}\n[From(nameof(X)), Dense(1), Output] P Y { get; } }"));
        Assert.Empty(fixture.Diagnostics);
        INamedTypeSymbol net = fixture.Output.GetTypeByMetadataName("Net")!;
        Assert.Contains("The figures.", net.GetMembers("X")[0].GetDocumentationCommentXml(), StringComparison.Ordinal);
        Assert.Contains("Node Y, (1).", ((IPropertySymbol)net.GetMembers("Y")[0]).PartialImplementationPart!.GetDocumentationCommentXml(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Output.GetDiagnostics(), diagnostic => diagnostic.Id == "CS1591"
            && !diagnostic.Location.SourceTree!.FilePath.StartsWith("Source", StringComparison.Ordinal));
    }

    // Between bars stands what is underlined.
    private static string Mark(string marked)
    {
        string[] parts = marked.Replace(" P ", " public partial Node ", StringComparison.Ordinal).Split('|');
        return Usings + (parts.Length == 1 ? parts[0] : $"{parts[0]}{{|#0:{parts[1]}|}}{parts[2]}");
    }
}
