namespace CompiledNets.Package.Tests;

/// <summary>Project files and sources, as a user writes them.</summary>
internal static class ProjectText
{
    /// <summary>A reference to the package.</summary>
    public const string Package = """<PackageReference Include="CompiledNets" Version="VERSION" />""";

    /// <summary>A reference to the library of <see cref="Network"/>.</summary>
    public const string Library = """<ProjectReference Include="../Library/Library.csproj" />""";

    /// <summary>A network, without its namespace.</summary>
    public const string Network = """
        /// <summary>Two numbers that differ.</summary>
        [Network]
        [Input(2)]
        [Dense(8, Activation.Tanh)]
        [Dense(1, Activation.Sigmoid)]
        public sealed partial class XorNet;
        """;

    /// <summary>A program that trains <see cref="Network"/> and prints two predictions.</summary>
    public const string Program = """
        using CompiledNets;
        using CompiledNets.Data;

        XorNet model = new(seed: 1);
        model.Compile(new Adam(learningRate: 0.05), "binary_crossentropy", "accuracy");
        Dataset data = new(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, new float[] { 0, 1, 1, 0 });
        model.Fit(data, epochs: 300, verbose: Verbose.Silent);
        Console.WriteLine($"Accuracy: {model.Evaluate(data, verbose: Verbose.Silent)["accuracy"]:F2}");
        Console.WriteLine($"Predicted: {BitConverter.SingleToInt32Bits(model.Predict(new float[] { 0, 1 })[0])}");

        """;

    /// <summary>A project file of a program.</summary>
    /// <param name="references">What it references.</param>
    /// <param name="properties">More properties.</param>
    /// <param name="framework">Its framework.</param>
    /// <param name="last">What stands before its end.</param>
    public static string Console(string references, string properties = "", string framework = "net10.0", string last = "") =>
        Project("<OutputType>Exe</OutputType>" + properties, references, framework, last);

    /// <summary>A project file of a library.</summary>
    public static string ClassLibrary(string references, string properties = "") => Project(properties, references, "net10.0", "");

    private static string Project(string properties, string references, string framework, string last) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            {properties}
          </PropertyGroup>
          <ItemGroup>{references}</ItemGroup>
          {last}
        </Project>
        """;
}
