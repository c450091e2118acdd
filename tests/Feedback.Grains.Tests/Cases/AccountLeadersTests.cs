using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Tests.Notices;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Grains.Tests.Cases;

/// <summary>What accounts tell of who leads and who works where.</summary>
public sealed class AccountLeadersTests
{
    [Fact]
    public async Task Managers_lead_their_place_and_managers_without_one_the_whole_bureau()
    {
        var leaders = await new AccountLeaders(new FakeTimeProvider(), new NoticeSite.Directory(NoticeSite.People)).AllAsync();
        Assert.Equal(
            [
                new CaseLeader("account:qian", null, null), new CaseLeader("account:wang", null, Places.Hall), new CaseLeader("account:zhao", null, Places.District),
                new CaseLeader("account:zhou", null, Places.OtherHall),
            ],
            leaders.OrderBy(leader => leader.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whose_staff_code_is_known_belongs_to_where_they_hold_a_role()
    {
        var members = await new AccountLeaders(new FakeTimeProvider(), new NoticeSite.Directory([.. NoticeSite.People, NoticeSite.People[0] with { Name = "liu", Staff = Places.Staff }])).MembersAsync();
        Assert.Equal([new CaseMember("account:liu", Places.Staff, Places.Hall)], members);
    }
}
