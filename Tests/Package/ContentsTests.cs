using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using CompiledNets.Harness;

namespace CompiledNets.Package.Tests;

/// <summary>What lies in the packages.</summary>
[Collection(PackageTestGroup.Name)]
public sealed class ContentsTests(PackageFeed feed)
{
    private const string ToolFolder = "tools/net10.0/any/";

    /// <summary>Platforms for which the library is compiled ahead.</summary>
    internal static readonly string[] Platforms = ["linux-arm64", "linux-x64", "osx-arm64", "win-x64"];

    [Fact]
    public void The_package_has_runtime_generator_and_build_properties_and_no_native_library()
    {
        Assert.Equal(
            [
                "README.md", "analyzers/dotnet/cs/CompiledNets.Generator.dll", "build/net10.0/CompiledNets.targets",
                "buildTransitive/net10.0/CompiledNets.targets", "icon.png", "lib/net10.0/CompiledNets.dll", "lib/net10.0/CompiledNets.xml",
                .. Platforms.Select(CompiledFor),
            ],
            Files("CompiledNets", "nupkg"));
        Assert.Equal(["lib/net10.0/CompiledNets.pdb"], Files("CompiledNets", "snupkg"));
        Assert.Equal(["Sep", "System.Numerics.Tensors"],
            Dependencies("CompiledNets").Select(dependency => dependency.Attribute("id")!.Value));
    }

    [Fact]
    public void For_each_platform_it_has_the_same_library_with_machine_code_in_it()
    {
        Guid portable = Version("lib/net10.0/CompiledNets.dll", hasMachineCode: false);
        Assert.All(Platforms, platform => Assert.Equal(portable, Version(CompiledFor(platform), hasMachineCode: true)));

        Guid Version(string file, bool hasMachineCode)
        {
            using PEReader image = new(new MemoryStream(Bytes("CompiledNets", "nupkg", file)));
            Assert.Equal(hasMachineCode, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
            MetadataReader reader = image.GetMetadataReader();
            return reader.GetGuid(reader.GetModuleDefinition().Mvid);
        }
    }

    [Fact]
    public void The_package_for_Keras_brings_the_other_with_its_generator()
    {
        Assert.Equal(["README.md", "icon.png", "lib/net10.0/CompiledNets.Keras.dll", "lib/net10.0/CompiledNets.Keras.xml"],
            Files("CompiledNets.Keras", "nupkg"));
        Assert.Equal(["lib/net10.0/CompiledNets.Keras.pdb"], Files("CompiledNets.Keras", "snupkg"));
        XElement dependency = Assert.Single(Dependencies("CompiledNets.Keras"));
        Assert.Equal(("CompiledNets", "All"), (dependency.Attribute("id")!.Value, dependency.Attribute("include")?.Value));
    }

    [Fact]
    public void The_package_of_known_networks_brings_the_other_with_its_generator()
    {
        const string name = "CompiledNets.Applications";
        Assert.Equal(["README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], Files(name, "nupkg"));
        XElement dependency = Assert.Single(Dependencies(name));
        Assert.Equal(("CompiledNets", "All"), (dependency.Attribute("id")!.Value, dependency.Attribute("include")?.Value));
    }

    [Fact]
    public void The_package_for_pictures_brings_its_fonts_and_their_licence()
    {
        Assert.Equal(
            ["LICENSE-DejaVu.txt", "README.md", "icon.png", "lib/net10.0/CompiledNets.Plots.dll", "lib/net10.0/CompiledNets.Plots.xml"],
            Files("CompiledNets.Plots", "nupkg"));
        Assert.Equal(["CompiledNets", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"],
            Dependencies("CompiledNets.Plots").Select(dependency => dependency.Attribute("id")!.Value));
    }

    [Fact]
    public void The_tool_brings_all_that_it_runs_with()
    {
        string[] files = [.. Files("CompiledNets.Tool", "nupkg")];
        Assert.Equal(
            [
                "CompiledNets.Generator.dll", "CompiledNets.Keras.dll", "CompiledNets.Tool.deps.json", "CompiledNets.Tool.dll",
                "CompiledNets.Tool.runtimeconfig.json", "CompiledNets.dll", "DotnetToolSettings.xml", "Microsoft.CodeAnalysis.CSharp.dll",
                "Microsoft.CodeAnalysis.dll", "Sep.dll", "System.Numerics.Tensors.dll", "csFastFloat.dll",
            ],
            files.Where(file => file.StartsWith(ToolFolder, StringComparison.Ordinal)).Select(file => file[ToolFolder.Length..]));
        Assert.Equal(["README.md", "icon.png"], files.Where(file => !file.StartsWith(ToolFolder, StringComparison.Ordinal)));
        Assert.Empty(Dependencies("CompiledNets.Tool"));
        XElement command = Assert.Single(XDocument.Load(new MemoryStream(
            Bytes("CompiledNets.Tool", "nupkg", ToolFolder + "DotnetToolSettings.xml"))).Descendants("Command"));
        Assert.Equal("dotnet-compilednets", command.Attribute("Name")!.Value);
    }

    [Fact]
    public void The_package_for_images_brings_the_other_and_the_decoder()
    {
        Assert.Equal(["README.md", "icon.png", "lib/net10.0/CompiledNets.Images.dll", "lib/net10.0/CompiledNets.Images.xml"],
            Files("CompiledNets.Images", "nupkg"));
        Assert.Equal(["CompiledNets", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"],
            Dependencies("CompiledNets.Images").Select(dependency => dependency.Attribute("id")!.Value));
    }

    [Theory]
    [InlineData("CompiledNets")]
    [InlineData("CompiledNets.Applications")]
    [InlineData("CompiledNets.Images")]
    [InlineData("CompiledNets.Keras")]
    [InlineData("CompiledNets.Plots")]
    [InlineData("CompiledNets.Tool")]
    public void A_package_says_what_it_is_and_under_which_licence(string package)
    {
        XElement about = Manifest(package);
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEmpty(Value("description")!);
        Assert.NotEmpty(Value("tags")!);

        string? Value(string name) => about.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    [Theory]
    [InlineData("CompiledNets", "lib/net10.0/CompiledNets.dll")]
    [InlineData("CompiledNets", "runtimes/linux-x64/lib/net10.0/CompiledNets.dll")]
    [InlineData("CompiledNets", "analyzers/dotnet/cs/CompiledNets.Generator.dll")]
    [InlineData("CompiledNets.Keras", "lib/net10.0/CompiledNets.Keras.dll")]
    [InlineData("CompiledNets.Plots", "lib/net10.0/CompiledNets.Plots.dll")]
    [InlineData("CompiledNets.Tool", ToolFolder + "CompiledNets.Tool.dll")]
    public void An_assembly_is_the_same_wherever_it_is_built(string package, string assembly)
    {
        byte[] bytes = Bytes(package, "nupkg", assembly);
        using PEReader image = new(new MemoryStream(bytes));
        Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        foreach (string folder in new[] { SharedFolder.RepositoryRoot,
            feed.Folder[..feed.Folder.LastIndexOf(Path.DirectorySeparatorChar)] })
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)));
        }
    }

    [Theory]
    [InlineData("CompiledNets")]
    [InlineData("CompiledNets.Keras")]
    [InlineData("CompiledNets.Plots")]
    public void Symbols_bring_their_sources(string package)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(
            new MemoryStream(Bytes(package, "snupkg", $"lib/net10.0/{package}.pdb")));
        MetadataReader reader = symbols.GetMetadataReader();
        Guid embedded = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        Assert.NotEmpty(reader.Documents);
        Assert.All(reader.Documents, document => Assert.Contains(
            reader.GetCustomDebugInformation(document).Select(reader.GetCustomDebugInformation), information =>
                reader.GetGuid(information.Kind) == embedded));
    }

    private static string CompiledFor(string platform) => $"runtimes/{platform}/lib/net10.0/CompiledNets.dll";

    private string[] Files(string package, string kind)
    {
        using ZipArchive archive = Open(package, kind);
        return [.. archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.EndsWith(".nuspec", StringComparison.Ordinal) && !name.EndsWith(".psmdcp", StringComparison.Ordinal)
            && name is not "_rels/.rels" and not "[Content_Types].xml").Order(StringComparer.Ordinal)];
    }

    private byte[] Bytes(string package, string kind, string file)
    {
        using ZipArchive archive = Open(package, kind);
        using Stream stream = archive.GetEntry(file)!.Open();
        MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private XElement Manifest(string package) =>
        XDocument.Load(new MemoryStream(Bytes(package, "nupkg", package + ".nuspec"))).Root!.Elements().Single();

    private IEnumerable<XElement> Dependencies(string package) =>
        Manifest(package).Descendants().Where(element => element.Name.LocalName == "dependency");

    private ZipArchive Open(string package, string kind) => ZipFile.OpenRead(Path.Combine(feed.Folder, $"{package}.{feed.Version}.{kind}"));
}
