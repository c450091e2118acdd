using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Domain.Access;
using Feedback.Grains.Organisation;
using Feedback.Web.Setup;
using Xunit;

namespace Feedback.Api.Tests.Setup;

public sealed partial class SetupTests
{
    private const string Organisation = "层级,上级编号,编号,名称,时区\n区县局,,jy,江源区交通局,Asia/Shanghai\n大厅,jy,hall-1,河滨大厅,\n窗口,hall-1,01,综合咨询,\n";

    [Fact]
    public async Task From_nothing_to_the_first_evaluation()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();

        Assert.Equal(200, (await visitor.CreateAdministratorAsync()).Status);
        Assert.Contains("kind\" value=\"Organisation", (await visitor.SignInAsync("admin", visitor.Shown[0])).Html, StringComparison.Ordinal);
        var taken = await visitor.UploadAsync("organisation", Encoding.UTF8.GetBytes(Organisation));
        Assert.Equal(200, (await visitor.UploadAsync("serviceitems", "编号,名称\n07,货运许可\n"u8.ToArray())).Status);
        Assert.Equal(200, (await visitor.UploadAsync("staff", "工号,姓名\n0017,林晓梅\n"u8.ToArray())).Status);
        Assert.Equal(404, (await visitor.GetAsync("/setup/keys")).Status);
        visitor.ForgetSession();
        await visitor.SignInAsync("security", visitor.Shown[1]);
        var issued = await visitor.IssueKeyAsync("jy");

        Assert.Contains("3 rows taken: 3 changes, 0 unchanged.", taken.Text, StringComparison.Ordinal);
        var key = Secret().Match(issued.Text).Value;
        var body = Body().Match(issued.Text).Groups[1].Value.Replace("'$(date -Iseconds)'", $"{TestSupport.Wait.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss}Z", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, await visitor.PushAsync(key, body));
        var state = await visitor.Service<IBureau>().RefreshAsync();
        Assert.Equal((3, 1, 1), (state.Tree.Count, state.Catalogue.ServiceItems.Count, state.Catalogue.Staff.Count));

        Assert.DoesNotContain(key, (await visitor.GetAsync("/setup/keys")).Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Secret(), (await visitor.IssueKeyAsync("jy")).Text);
    }

    [Fact]
    public async Task The_code_makes_three_administrators_once_and_shows_their_passwords_once()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();

        Assert.Equal(400, (await visitor.CreateAdministratorAsync(code: "aaaaa-aaaaa-aaaaa-aaaaa")).Status);
        Assert.Equal(400, (await visitor.CreateAdministratorAsync(name: "Security")).Status);
        Assert.Equal(400, (await visitor.CreateAdministratorAsync(name: "")).Status);
        Assert.Empty(await visitor.Accounts.ListAsync());

        var made = await visitor.CreateAdministratorAsync(code: $" {visitor.Code.ToUpperInvariant()} ");
        Assert.Equal((200, 3), (made.Status, visitor.Shown.Distinct().Count()));
        Assert.Contains("They belong to three different people", made.Text, StringComparison.Ordinal);
        Assert.False(visitor.Service<SetupCode>().IsOpen);
        Assert.Equal(404, (await visitor.PostAsync("/setup/administrator", "", ("code", visitor.Code), ("name", "second"))).Status);
        Assert.Equal(
            ["admin system-administrator district-manager", "audit audit-administrator", "security security-administrator"],
            (await visitor.Accounts.ListAsync()).Select(account => $"{account.Name} {GrantText.Write(account.Grants)}"));
        foreach (var (name, password) in new[] { "admin", "security", "audit" }.Zip(visitor.Shown))
            Assert.NotNull(await visitor.Accounts.SignInAsync(name, password));
        // What was shown is nowhere else: not on a page, not in a file.
        Assert.DoesNotContain(visitor.Shown[0], (await visitor.GetAsync("/setup")).Html, StringComparison.Ordinal);
        Assert.All(visitor.Shown, password => Assert.False(visitor.IsInAnyFile(password)));
    }

    [Fact]
    public async Task Each_of_the_first_accounts_leaves_its_trace()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();
        await visitor.CreateAdministratorAsync();
        visitor.ForgetSession();
        await visitor.SignInAsync("audit", visitor.Shown[2]);

        var entries = JsonNode.Parse(await visitor.DownloadAsync("/api/v1/audit?act=account.opened"))!["entries"]!.AsArray();

        Assert.Equal(["account:admin", "account:audit", "account:security"], entries.Select(entry => (string)entry!["target"]!).Order());
    }

    [Fact]
    public async Task Whoever_manages_keys_of_one_place_does_not_learn_whether_another_has_any()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();
        await visitor.BeginAsync();
        await visitor.UploadAsync("organisation", Encoding.UTF8.GetBytes(Organisation + "区县局,,bs,北山区交通局,Asia/Shanghai\n"));
        var foreign = (await visitor.Service<IBureau>().RefreshAsync()).Tree.Find("bs")!.Id;
        await visitor.Accounts.CreateAsync("there", SetupVisitor.Password, [new Grant(Role.SecurityAdministrator, foreign)]);
        visitor.ForgetSession();
        await visitor.SignInAsync("security", visitor.Shown[1]);
        await visitor.IssueKeyAsync("jy");
        Assert.Contains("href=\"/terminals\"", (await visitor.GetAsync("/setup/keys")).Html, StringComparison.Ordinal);
        Assert.Contains("A device key has been issued", (await visitor.GetAsync("/setup/keys")).Text, StringComparison.Ordinal);

        visitor.ForgetSession();
        await visitor.SignInAsync("there");

        Assert.DoesNotContain("A device key has been issued", (await visitor.GetAsync("/setup/keys")).Text, StringComparison.Ordinal);
        Assert.Matches(Secret(), (await visitor.IssueKeyAsync("bs")).Text);
        Assert.DoesNotMatch(Secret(), (await visitor.IssueKeyAsync("bs")).Text);
    }

    [Fact]
    public async Task Without_a_form_of_ours_nothing_happens()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();
        var forged = await visitor.PostAsync("/setup/administrator", "forged", ("code", visitor.Code), ("name", "eve"));
        Assert.Equal(400, forged.Status);
        Assert.Equal(400, (await visitor.PostBrokenAsync("/setup/administrator")).Status);
        Assert.Empty(await visitor.Accounts.ListAsync());
    }

    [Fact]
    public async Task Once_there_is_an_administrator_the_page_is_gone_for_everybody_else()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();
        await visitor.BeginAsync();
        await visitor.UploadAsync("organisation", Encoding.UTF8.GetBytes(Organisation));
        await visitor.Accounts.CreateAsync("hall", SetupVisitor.Password, GrantText.Read("district-manager@n2"));

        visitor.ForgetSession();
        Assert.Equal(404, (await visitor.GetAsync("/setup")).Status);
        Assert.EndsWith("/sign-in", (await visitor.GetAsync("/setup/template/staff.xlsx")).Address, StringComparison.Ordinal);
        Assert.EndsWith("/sign-in", (await visitor.UploadAsync("staff", "工号,姓名\n1,A\n"u8.ToArray())).Address, StringComparison.Ordinal);
        Assert.EndsWith("/sign-in", (await visitor.IssueKeyAsync("jy")).Address, StringComparison.Ordinal);

        await visitor.SignInAsync("hall");
        Assert.Equal(404, (await visitor.GetAsync("/setup")).Status);

        visitor.ForgetSession();
        await visitor.SignInAsync("admin", visitor.Shown[0]);
        Assert.Equal(200, (await visitor.GetAsync("/setup")).Status);
        Assert.Equal("PK"u8.ToArray(), (await visitor.DownloadAsync("/setup/template/staff.xlsx"))[..2]);
    }

    [Fact]
    public async Task Bad_rows_are_shown_as_text_and_nothing_is_taken()
    {
        await using var visitor = await SetupVisitor.ArriveAsync();
        await visitor.BeginAsync();

        var refused = await visitor.UploadAsync("organisation", Encoding.UTF8.GetBytes(Organisation + "窗口,<script>alert(1)</script>,02,年审,\n"));
        var missing = await visitor.UploadAsync("organisation", []);
        Assert.Equal(400, (await visitor.PostBrokenAsync("/setup/import")).Status);
        var check = await visitor.UploadAsync("organisation", Encoding.UTF8.GetBytes(Organisation), check: true);

        Assert.Equal((400, 400, 200), (refused.Status, missing.Status, check.Status));
        Assert.Contains("<td data-label=\"Row\">5</td>", refused.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, (await visitor.Service<IBureau>().RefreshAsync()).Tree.Count);
    }

    [GeneratedRegex("fbd_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();

    [GeneratedRegex("-d '(.*)'")]
    private static partial Regex Body();
}
