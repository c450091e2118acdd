using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

[Collection(OneSite.Name)]
public sealed class StaffBrowserTests(RunningSite site)
{
    [Fact]
    public async Task A_rating_from_a_browser_of_the_windows_own_staff_counts_and_bears_a_flag()
    {
        var hall = await site.NewHallAsync(windows: 2);
        var name = "clerk-" + hall.Window;
        await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read("window-staff@" + hall.Window));
        using var clerk = new Visitor(site.Url);
        await clerk.SignInAsync(name);

        foreach (var window in hall.Windows)
            await clerk.PostAsync("/rate/" + await site.TokenAsync(window, "M-1"), ("grade", "5"));

        var (own, other) = (await site.Client.FiguresAsync(hall.Windows[0]), await site.Client.FiguresAsync(hall.Windows[1]));
        Assert.Equal((1, 1), ((int)own["grades"]!["active"]!["5"]!, (int)own["flags"]!["staff-suspected"]!));
        Assert.Equal((1, null), ((int)other["grades"]!["active"]!["5"]!, other["flags"]!["staff-suspected"]));
    }
}
