using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Domain.Tests.Access;

/// <summary>Who may do what, written a second time by hand: a right that is given or taken must be meant twice.</summary>
public sealed class RightsTests
{
    [Theory]
    [InlineData(Role.WindowStaff, "read-released file-cases read-cases work-cases")]
    [InlineData(Role.HallManager, "read-released read-figures read-evaluations read-policies key-forms tell-matters file-cases read-cases work-cases")]
    [InlineData(Role.DistrictManager, "read-released read-figures read-evaluations read-policies key-forms tell-matters file-cases read-cases work-cases")]
    [InlineData(Role.CaseOfficer, "read-released read-figures read-evaluations read-comments unmask read-policies key-forms file-cases read-cases work-cases")]
    [InlineData(Role.Supervisor, "read-released read-figures read-evaluations exclude read-alerts read-policies key-forms file-cases read-cases work-cases")]
    [InlineData(Role.Publisher, "read-released publish")]
    [InlineData(Role.SystemAdministrator, "manage-registers see-cluster read-policies manage-policies tell-hotline-figures")]
    [InlineData(Role.SecurityAdministrator, "manage-accounts manage-keys manage-personal")]
    [InlineData(Role.AuditAdministrator, "read-audit")]
    public void A_role_may_do_this_and_nothing_else(Role role, string permissions)
    {
        var hall = new NodeId("n2");

        var held = Enum.GetValues<Permission>().Where(permission =>
            Rights.ScopeOf([new Grant(role, hall)], permission) is { IsEverywhere: false } scope && scope.Tops.SequenceEqual([hall])).ToList();

        Assert.Equal(permissions.Split(' ').Append("own-account").Order(), held.Select(permission => permission.Word()).Order());
        Assert.All(Enum.GetValues<Permission>().Except(held), permission => Assert.True(Rights.ScopeOf([new Grant(role, hall)], permission).IsNowhere));
    }

    [Fact]
    public void Terminals_and_tokens_may_do_this_and_nothing_else()
    {
        Assert.Equal(["invite", "push-events", "renew-key", "sign-staff-in"], Rights.OfTerminals.Select(permission => permission.Word()).Order());
        Assert.Equal(["file-cases", "read-cases", "read-evaluations", "read-figures", "read-released", "send-orders"], Rights.OfTokens.Select(permission => permission.Word()).Order());
    }

    [Fact]
    public void Who_sends_the_citys_orders_tells_its_figures_too_who_files_cases_tells_matters_and_nobody_else_with_a_token()
    {
        Assert.Equal([Permission.SendOrders, Permission.TellHotlineFigures], Rights.OfToken([Permission.SendOrders]).AsEnumerable());
        Assert.Equal([Permission.FileCases, Permission.TellMatters], Rights.OfToken([Permission.FileCases]).AsEnumerable());
        Assert.All(Rights.OfTokens.Where(one => one is not (Permission.SendOrders or Permission.FileCases)), one => Assert.Equal([one], Rights.OfToken([one]).AsEnumerable()));
    }

    [Fact]
    public void Nobody_is_two_of_the_three_administrators()
    {
        Role[] three = [Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator];

        foreach (var one in Enum.GetValues<Role>())
        {
            foreach (var other in Enum.GetValues<Role>())
                Assert.Equal(one != other && three.Contains(one) && three.Contains(other), Rights.Refused([new Grant(one, null), new Grant(other, new NodeId("n2"))]) is not null);
        }
    }

    [Fact]
    public void Only_who_sees_no_more_than_what_is_released_signs_in_without_a_second_factor() =>
        Assert.Equal([Role.WindowStaff], Enum.GetValues<Role>().Where(role => !Rights.NeedsSecondFactor(role)));

    [Fact]
    public void Every_permission_but_the_own_account_has_a_holder_in_the_table() =>
        Assert.All(
            Enum.GetValues<Permission>().Where(permission => permission != Permission.OwnAccount),
            permission => Assert.True(Rights.OfTerminals.Contains(permission) || Rights.OfTokens.Contains(permission) || Enum.GetValues<Role>().Any(role => Rights.Of(role).Contains(permission)), permission.Word()));
}
