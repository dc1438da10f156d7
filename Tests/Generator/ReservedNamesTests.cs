using System.Reflection;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Tests;

/// <summary>A layer's property may hide no member of the class it is generated into.</summary>
public sealed class ReservedNamesTests
{
    [Theory]
    [InlineData(typeof(Model))]
    [InlineData(typeof(ModelNetwork))]
    public void All_members_that_its_user_sees_are_reserved(Type type)
    {
        const BindingFlags all =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        string[] members =
        [
            .. type.GetMembers(all)
                .Where(member => member switch
                {
                    MethodBase method => !method.IsSpecialName && (method.IsPublic || method.IsFamily),
                    PropertyInfo property => property.GetMethod is { } get && (get.IsPublic || get.IsFamily),
                    _ => false,
                })
                .Select(member => member.Name).Where(name => name[0] != '.').Distinct(),
        ];
        Assert.Empty(members.Except(Resolve.Reserved));
    }
}
