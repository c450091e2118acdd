using Feedback.Domain.Organisation;
using Feedback.Domain.Placement;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.Bureau;

namespace Feedback.Domain.Tests.Placement;

/// <summary>Silos are named by the site that they name, with a number behind it where two name the same.</summary>
public sealed class NearestSitesTests
{
    private const string Window = "n5";
    private const string TeamWindow = "n6";
    private static readonly DateOnly Today = Some.On("2026-03-31");

    [Fact]
    public void A_window_belongs_to_the_silos_of_its_hall() => Assert.Equal(["n3", "n3 2"], Best(Window, "n7", "n3", "n3 2", ""));

    [Fact]
    public void A_silo_of_the_hall_comes_before_one_of_the_district() => Assert.Equal(["n3"], Best(TeamWindow, "n1", "n3", "n2"));

    [Fact]
    public void Without_a_silo_of_the_hall_the_nearest_above_it_is_taken() => Assert.Equal(["n2"], Best(Window, "n1", "n7", "n2", ""));

    [Fact]
    public void A_silo_may_name_the_window_itself() => Assert.Equal(["n5"], Best(Window, "n3", "n5"));

    [Fact]
    public void A_path_names_a_site_as_well_as_an_id() => Assert.Equal(["jiangyuan/transport/hall-1"], Best(Window, "n1", "jiangyuan/transport/hall-1"));

    [Fact]
    public void Where_no_silo_names_a_node_above_any_is_as_good() => Assert.Equal(["n7", "n6", ""], Best(Window, "n7", "n6", ""));

    [Fact]
    public void A_site_that_no_node_bears_counts_as_none() => Assert.Equal(["n99", "hall-1", "n2/../n3"], Best(Window, "n99", "hall-1", "n2/../n3"));

    [Fact]
    public void A_node_that_nobody_knows_belongs_anywhere() => Assert.Equal(["n3", ""], Best("n99", "n3", ""));

    [Fact]
    public void A_hall_itself_belongs_where_its_windows_do_and_not_where_one_window_does() => Assert.Equal(["n3"], Best("n3", "n5", "n3"));

    [Fact]
    public void On_the_day_of_a_move_the_new_hall_counts()
    {
        var tree = Tree.With(Moved(5, 7, "2026-04-01"));
        string[] silos = ["n3", "n7"];

        Assert.Equal(["n3"], NearestSites.Among(silos, site => site, tree, new(Window), Today));
        Assert.Equal(["n7"], NearestSites.Among(silos, site => site, tree, new(Window), Today.AddDays(1)));
    }

    private static IReadOnlyList<string> Best(string node, params string[] silos) =>
        NearestSites.Among(silos, silo => silo.Split(' ')[0] is { Length: > 0 } site ? site : null, Tree, new NodeId(node), Today);
}
