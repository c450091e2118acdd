using System.Reflection;
using Xunit;

namespace Feedback.Grains.Tests.Wire;

/// <summary>
/// Silos of two releases work side by side while one replaces the other, and a release may be taken back: so what they tell each
/// other may grow and never change. WireContracts.txt holds what was promised; FEEDBACK_ACCEPT=1 adds what is new to it.
/// </summary>
public sealed class WireContractTests
{
    [Fact]
    public void What_silos_tell_each_other_only_grows()
    {
        var (promised, kept) = (Accepted.Lines("WireContracts.txt"), WireContracts.Lines());

        var broken = promised.Except(kept).ToList();
        Assert.True(broken.Count == 0, Explain(broken,
            "These were promised to the release before, and are changed or gone. Put them back: give what is new a number or an alias of its own beside the old one, "
            + "which may go only after a release in which nobody used it any more (then take its line out of WireContracts.txt by hand)."));
        var added = kept.Except(promised).ToList();
        if (added.Count > 0 && Accepted.IsAsked)
            Accepted.Write("WireContracts.txt", [.. promised.Concat(added).Order(StringComparer.Ordinal)]);
        else
            Assert.True(added.Count == 0, Explain(added,
                "These are additions, which are allowed: the release before leaves new members and values unread, so it must do without them, and it does not know new methods and grains, "
                + "so nobody may call them before all silos are new. Say so in the change, and accept them with FEEDBACK_ACCEPT=1."));
    }

    [Fact]
    public void Everything_that_travels_has_a_name_that_outlives_renamed_classes()
    {
        var types = typeof(GrainsSetup).Assembly.GetTypes();
        Assert.All(WireContracts.Serialized(), type => Assert.NotNull(type.GetCustomAttribute<AliasAttribute>()));
        Assert.All(types.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain))), type =>
        {
            Assert.NotNull(type.GetCustomAttribute<AliasAttribute>());
            Assert.All(type.GetMethods(), method => Assert.NotNull(method.GetCustomAttribute<AliasAttribute>()));
        });
    }

    private static string Explain(IEnumerable<string> lines, string what) => what + "\n  " + string.Join("\n  ", lines);
}
