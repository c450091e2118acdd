using System.Text.RegularExpressions;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

public sealed partial class UsersTests : IDisposable
{
    private const string Password = "correct horse battery";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accounts_are_opened_changed_and_closed_while_the_server_runs()
    {
        await using var server = await FeedbackProcess.StartAsync("serve", "--data", _folder.Path);

        Assert.Equal(0, (await UsersAsync(["add", "anna", "--role", "hall-manager", "--role", "supervisor"])).Code);
        Assert.Contains("anna\thall-manager supervisor\tvalid\tpassword\n", await ListAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await UsersAsync(["grant", "anna", "--role", "audit-administrator"])).Code);
        Assert.Equal(0, (await UsersAsync(["reset-password", "anna"], "another good password")).Code);
        Assert.Equal(0, (await UsersAsync(["reset-second-factor", "anna"])).Code);
        Assert.Equal(0, (await UsersAsync(["end-sessions", "anna"])).Code);
        Assert.Equal(0, (await UsersAsync(["disable", "anna"])).Code);
        Assert.Contains("anna\taudit-administrator\tdisabled\tpassword\n", await ListAsync(), StringComparison.Ordinal);
        Assert.Empty(server.Failures);
        Assert.DoesNotContain(Password, server.Output + server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_told_whose_it_is_and_where_its_person_is_written_to()
    {
        using var files = new TemporaryFolder();
        await File.WriteAllTextAsync(files["staff.csv"], "工号,姓名\ns-7,王芳\ns-8,李华\n");
        Assert.Equal(0, (await FeedbackProcess.RunAsync(["import", "staff", files["staff.csv"], "--data", _folder.Path])).Code);
        await using var server = await FeedbackProcess.StartAsync("serve", "--data", _folder.Path);

        Assert.Equal(0, (await UsersAsync(["add", "anna", "--role", "supervisor", "--staff", "s-7", "--email", "anna@example.org"])).Code);
        Assert.Equal(0, (await UsersAsync(["add", "bela", "--role", "supervisor"])).Code);
        Assert.Contains("There is no member of staff 's-9'.", (await UsersAsync(["add", "cyril", "--staff", "s-9"])).Errors, StringComparison.Ordinal);
        Assert.Contains("'cyril@' is no e-mail address.", (await UsersAsync(["add", "cyril", "--email", "cyril@"])).Errors, StringComparison.Ordinal);
        Assert.Contains("Account anna has the staff code s-7 already.", (await UsersAsync(["set-staff", "bela", "s-7"])).Errors, StringComparison.Ordinal);
        Assert.Contains("Give the code, or --none", (await UsersAsync(["set-staff", "bela"])).Errors, StringComparison.Ordinal);
        Assert.Contains("There is no account cyril.", (await UsersAsync(["set-email", "cyril", "cyril@example.org"])).Errors, StringComparison.Ordinal);
        Assert.Equal("anna\tsupervisor\tvalid\tpassword\tstaff s-7\nbela\tsupervisor\tvalid\tpassword\n", (await ListAsync()).TrimEnd('\n') + "\n");

        Assert.Equal(0, (await UsersAsync(["set-staff", "ANNA", "s-8"])).Code);
        Assert.Equal(0, (await UsersAsync(["set-staff", "bela", "s-7"])).Code);
        Assert.Equal(0, (await UsersAsync(["set-staff", "anna", "--none"])).Code);
        Assert.Equal(0, (await UsersAsync(["set-email", "anna", "--none"])).Code);
        Assert.Equal("anna\tsupervisor\tvalid\tpassword\nbela\tsupervisor\tvalid\tpassword\tstaff s-7\n", (await ListAsync()).TrimEnd('\n') + "\n");
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task Nobody_becomes_two_administrators_by_a_verb_either()
    {
        var added = await UsersAsync(["add", "anna", "--role", "security-administrator", "--role", "audit-administrator"]);
        Assert.Equal(0, (await UsersAsync(["add", "bela", "--role", "system-administrator"])).Code);
        var granted = await UsersAsync(["grant", "bela", "--role", "system-administrator", "--role", "audit-administrator"]);

        foreach (var refused in new[] { added, granted })
            Assert.Matches("^feedback: One account may not be .* at once: give them to different people.$", refused.Errors.Trim());
        Assert.Equal("bela\tsystem-administrator\tvalid\tpassword", (await ListAsync()).Trim());
    }

    [Fact]
    public async Task The_first_passwords_are_shown_once_on_the_page_and_never_in_what_the_service_says()
    {
        await using var server = FeedbackProcess.Begin("serve", "--data", _folder.Path, "--urls", "http://127.0.0.1:0");
        var code = await Wait.ForAsync<string>("the setup code is told", () => Task.FromResult(
            server.Output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => Code().IsMatch(line))));
        var url = Address().Match(server.Output).Value;
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var seal = Seal().Match(await http.GetStringAsync(new Uri("/setup", UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = seal, ["code"] = code, ["name"] = "admin" });
        using var answer = await http.PostAsync(new Uri("/setup/administrator", UriKind.Relative), form);
        var passwords = Shown().Matches(await answer.Content.ReadAsStringAsync()).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(3, passwords.Count);
        Assert.Contains("admin\tsystem-administrator district-manager\tvalid", await ListAsync(), StringComparison.Ordinal);
        var ended = await server.StopAsync();
        Assert.All(passwords, password => Assert.DoesNotContain(password, ended.Output + ended.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain(passwords, password => Directory.GetFiles(_folder.Path).Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(global::System.Text.Encoding.UTF8.GetBytes(password)) >= 0));
    }

    [Fact]
    public async Task A_password_is_never_an_argument()
    {
        foreach (var verb in new[] { "add", "reset-password" })
        {
            var help = (await FeedbackProcess.RunAsync(["users", verb, "--help"])).Output;
            Assert.Contains("--data", help, StringComparison.Ordinal);
            Assert.DoesNotContain("--password", help, StringComparison.Ordinal);
        }

        Assert.NotEqual(0, (await UsersAsync(["add", "anna", Password])).Code);
    }

    [Fact]
    public async Task What_is_no_role_second_factor_or_issuer_is_said_in_one_line()
    {
        Assert.Contains("There is no role 'king'", (await UsersAsync(["add", "anna", "--role", "king"])).Errors, StringComparison.Ordinal);
        Assert.Contains("'required' or 'optional'", (await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--second-factor", "maybe"])).Errors, StringComparison.Ordinal);
        Assert.Contains("begins with https://", (await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--oidc-authority", "http://sso.example", "--oidc-client-id", "feedback"])).Errors, StringComparison.Ordinal);
        Assert.Contains("issuer and the client id", (await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--oidc-client-id", "feedback"])).Errors, StringComparison.Ordinal);
    }

    private Task<Ended> UsersAsync(string[] arguments, string input = Password) => FeedbackProcess.RunAsync(["users", .. arguments, "--data", _folder.Path], input);

    private async Task<string> ListAsync() => (await UsersAsync(["list"])).Output + "\n";

    [GeneratedRegex("^[a-z0-9]{5}(-[a-z0-9]{5}){3}$")]
    private static partial Regex Code();

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();

    [GeneratedRegex("<pre tabindex=\"0\">([a-z0-9-]{23})</pre>")]
    private static partial Regex Shown();
}
