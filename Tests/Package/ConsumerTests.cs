using System.Globalization;
using System.Runtime.InteropServices;
using CompiledNets.Harness;

namespace CompiledNets.Package.Tests;

/// <summary>Projects of users, each fresh, outside of the repository: they install what was packed, are built and run.</summary>
[Collection(PackageTestGroup.Name)]
public sealed class ConsumerTests(PackageFeed feed)
{
    [Fact]
    public void A_console_program_of_the_README_trains_and_predicts()
    {
        string folder = feed.Project("Console",
            ("Console.csproj", ProjectText.Console(ProjectText.Package, "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>")),
            ("Program.cs", ReadmeSnippets.CSharp[0]));
        File.Copy(Path.Combine(SharedFolder.RepositoryRoot, "Samples", "Ionosphere", "ionosphere.csv"),
            Path.Combine(folder, "ionosphere.csv"));
        feed.Dotnet(folder, "run", "-c", "Release").Succeeded().Says("Test accuracy: 0.9").Says("Predicted: 0.9").IsSilentOf("warning");

        // The README says that they are found under obj.
        Assert.Equal(
            ["IonosphereNet.Program.g.cs", "IonosphereNet.g.cs"],
            Directory.GetFiles(Path.Combine(folder, "obj"), "IonosphereNet*.cs", SearchOption.AllDirectories).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_program_of_one_file_runs()
    {
        string folder = feed.Project("OneFile",
            ("app.cs", "#:package CompiledNets@VERSION\n#:property CompiledNetsOptimize=true\n\n" + ProjectText.Program
            + ProjectText.Network));
        feed.Dotnet(folder, "run", "app.cs").Succeeded().Says("Accuracy: 1.00");
        Assert.Contains($"#:package CompiledNets@{feed.Version[..feed.Version.IndexOf('-')]}\n#:property CompiledNetsOptimize=true\n",
            ReadmeSnippets.Text, StringComparison.Ordinal);
    }

    /// <summary>
    /// What the JIT compiles until the first step is over is nearly all the network's own: with a library of IL alone it is some 650
    /// methods, as on platforms for which there is no other.
    /// </summary>
    [Fact]
    public void A_first_step_leaves_little_to_the_compiler()
    {
        string folder = feed.Project("Start", ("Start.csproj", ProjectText.Console(ProjectText.Package)), ("Program.cs", """
            using CompiledNets;

            long before = System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true);
            XorNet model = new(seed: 1);
            model.Compile("adam", "binary_crossentropy");
            model.TrainOnBatch([0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0]);
            Console.WriteLine($"Methods: {System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true) - before}");

            """ + ProjectText.Network));
        CommandResult run = feed.Dotnet(folder, "run", "-c", "Release").Succeeded();
        string line = run.Lines.Single(said => said.StartsWith("Methods: ", StringComparison.Ordinal));
        int most = ContentsTests.Platforms.Contains(RuntimeInformation.RuntimeIdentifier) ? 300 : 1000;
        Assert.InRange(int.Parse(line["Methods: ".Length..], CultureInfo.InvariantCulture), 1, most);
    }

    [Fact]
    public void Twelve_is_language_enough()
    {
        string folder = feed.Project("Twelve",
            ("Twelve.csproj", ProjectText.Console(ProjectText.Package,
            "<LangVersion>12</LangVersion><TreatWarningsAsErrors>true</TreatWarningsAsErrors>")),
            ("Program.cs", ProjectText.Program + ProjectText.Network));
        feed.Dotnet(folder, "run", "-c", "Release").Succeeded().Says("Accuracy: 1.00");
    }

    [Fact]
    public void A_project_for_an_older_framework_is_told_so()
    {
        string folder = feed.Project("Older", ("Older.csproj", ProjectText.Console(ProjectText.Package, framework: "net8.0")),
            ("Program.cs", ProjectText.Program + ProjectText.Network));
        feed.Dotnet(folder, "build").Failed("not compatible with net8.0").Says("net10.0").IsSilentOf("error CS");
    }

    [Fact]
    public void A_file_of_Keras_becomes_a_class_of_a_project()
    {
        string file = Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Goldens", "files", "two_branches.keras");
        string folder = feed.Project("Imports", ("Program.cs", "My.TwoBranchesNetSelfTest.Run();\nConsole.WriteLine(\"It passes.\");\n"));
        feed.Dotnet(folder, "new", "tool-manifest").Succeeded();
        feed.Dotnet(folder, "tool", "install", "CompiledNets.Tool", "--version", feed.Version).Succeeded();
        CommandResult import = feed.Dotnet(folder, "compilednets", "import", file, "--output", "Networks", "--namespace", "My").Succeeded();
        string line = import.Lines.Single(said => said.StartsWith("<None", StringComparison.Ordinal));
        feed.Project("Imports", ("Imports.csproj", ProjectText.Console(ProjectText.Package,
            "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", last: $"<ItemGroup>{line}</ItemGroup>")));
        feed.Dotnet(folder, "run", "-c", "Release").Succeeded().Says("It passes.");
        feed.Dotnet(folder, "compilednets", "import", file, "--output", "Networks").Failed("--force");
    }

    [Fact]
    public void The_package_for_Keras_alone_compiles_networks_too()
    {
        string folder = feed.Project("Keras",
            ("Keras.csproj", ProjectText.Console("""<PackageReference Include="CompiledNets.Keras" Version="VERSION" />""")),
            ("Program.cs", "using System.Text.Json;\nusing CompiledNets.Keras;\n" + ProjectText.Program + """
                using JsonDocument json = JsonDocument.Parse("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 3]}}, {\"class_name\": \"Dense\", \"config\": {\"units\": 2}}]}}");
                Console.WriteLine(NetworkSource.Write("Read", json.RootElement));

                """ + ProjectText.Network));
        feed.Dotnet(folder, "run", "-c", "Release").Succeeded().Says("Accuracy: 1.00").Says("[Dense(2)]")
            .Says("public sealed partial class Read;");
    }

    [Fact]
    public void A_library_of_networks_serves_programs_in_three_languages()
    {
        feed.Library();
        string program = feed.Project("App", ("App.csproj", ProjectText.Console(ProjectText.Library)),
            ("Program.cs", "using Library;\n" + ProjectText.Program));
        string[] said = feed.Dotnet(program, "run", "-c", "Release").Succeeded().Says("Accuracy: 1.00").Lines;

        string fsharp = feed.Project("FSharp", ("FSharp.fsproj", ProjectText.Console("""<Compile Include="Program.fs" />""" + ProjectText.Library)), ("Program.fs", """
            open System
            open CompiledNets
            open CompiledNets.Data
            open Library

            let model = XorNet(seed = 1)
            model.Compile(Adam(learningRate = 0.05), BinaryCrossentropy())
            let features = array2D [ [ 0f; 0f ]; [ 0f; 1f ]; [ 1f; 0f ]; [ 1f; 1f ] ]
            let targets = [| 0f; 1f; 1f; 0f |]
            let data = Dataset(features, targets)
            model.Fit(data, epochs = 300, verbose = Verbose.Silent) |> ignore
            let output = model.Predict([| 0f; 1f |])
            printfn $"Predicted: {BitConverter.SingleToInt32Bits output[0]}"

            """));
        feed.Dotnet(fsharp, "run", "-c", "Release").Succeeded().Says(said[^1]);

        string basic = feed.Project("Basic", ("Basic.vbproj", ProjectText.Console(ProjectText.Library)), ("Program.vb", """
            Imports CompiledNets
            Imports CompiledNets.Data
            Imports Library

            Module Program
                Sub Main()
                    Dim model As New XorNet(seed:=1)
                    model.Compile(New Adam(learningRate:=0.05), New BinaryCrossentropy())
                    Dim data As New Dataset(New Single(,) {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, New Single() {0, 1, 1, 0})
                    model.Fit(data, epochs:=300, verbose:=Verbose.Silent)
                    Console.WriteLine($"Predicted: {BitConverter.SingleToInt32Bits(model.Predict(New Single() {0, 1})(0))}")
                End Sub
            End Module

            """));
        feed.Dotnet(basic, "run", "-c", "Release").Succeeded().Says(said[^1]);
    }

    [Fact]
    public void A_debug_build_says_once_where_networks_are_slow()
    {
        const string line = "Library: this build is not optimized, and its networks train 15 to 20 times slower.";
        string library = feed.Library();
        string program = feed.Project("Debug", ("Debug.csproj", ProjectText.Console(ProjectText.Library)),
            ("Program.cs", "using Library;\n" + ProjectText.Program));
        feed.Dotnet(program, "build").Succeeded().Says(line).IsSilentOf("Debug: this build").Says("0 Warning(s)");
        feed.Dotnet(library, "build", "-p:CompiledNetsDebugMessage=false").Succeeded().IsSilentOf("not optimized");
        feed.Dotnet(library, "build", "-c", "Release").Succeeded().IsSilentOf("not optimized");
        feed.Dotnet(library, "build", "-p:CompiledNetsOptimize=true", "-getProperty:Optimize").Succeeded().Says("true")
            .IsSilentOf("not optimized");
    }
}
