using System.ComponentModel;
using System.Reflection;

namespace CompiledNets.Tests;

/// <summary>What is public is for users; what only generated code calls is hidden from completion.</summary>
public sealed class PublicTypesTests
{
    private static readonly Type[] Types = typeof(Model).Assembly.GetExportedTypes();

    [Fact]
    public void What_only_generated_code_calls_is_hidden() => Assert.All(
        Types.Where(type => type.Namespace is "CompiledNets.Execution" or "CompiledNets.Numerics"),
        type => Assert.Equal(EditorBrowsableState.Never, type.GetCustomAttribute<EditorBrowsableAttribute>()?.State));

    [Fact]
    public void There_are_no_namespaces_but_those_of_users_and_of_generated_code() => Assert.Equal(
        [
            "CompiledNets", "CompiledNets.Constraints", "CompiledNets.Data", "CompiledNets.Execution", "CompiledNets.Files",
            "CompiledNets.Initializers", "CompiledNets.Numerics", "CompiledNets.Regularizers",
        ],
        Types.Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(typeof(Loss))]
    [InlineData(typeof(Metric))]
    [InlineData(typeof(MeanMetric))]
    [InlineData(typeof(Optimizer))]
    [InlineData(typeof(Initializer))]
    [InlineData(typeof(CompiledNets.Initializers.RandomInitializer))]
    [InlineData(typeof(Callback))]
    public void Parts_of_ones_own_need_nothing_that_is_not_public(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        Assert.Contains(type.GetConstructors(All), constructor => constructor.IsPublic || constructor.IsFamily);
        Assert.DoesNotContain(type.GetMethods(All), method => method.IsAbstract
            && !(method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly));
    }

    [Fact]
    public void What_cannot_be_derived_is_sealed() => Assert.All(
        Types.Where(type => type is { IsClass: true, IsSealed: false } && type.Namespace is "CompiledNets" or "CompiledNets.Initializers"),
        type => Assert.True(IsBaseOfParts(type)
            || type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(constructor => constructor.IsPublic || constructor.IsFamily), type.Name));

    // The compiler knows what attributes there are, so that nobody else derives one.
    private static bool IsBaseOfParts(Type type) => type.IsAbstract && typeof(NetworkPartAttribute).IsAssignableFrom(type);
}
