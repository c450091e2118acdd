using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>What is under version control holds no secrets.</summary>
public sealed partial class SecretTests
{
    [Fact]
    public void No_tracked_file_holds_a_key_a_token_or_a_password()
    {
        var files = Tracked();

        Assert.Contains("README.md", files);
        Offenders.None(
            from path in files
            let file = Path.Combine(Repository.Root, path)
            where File.Exists(file) && !IsBinary(file)
            from line in File.ReadAllLines(file).Index()
            where Secret().IsMatch(line.Item)
            select $"{path}:{line.Index + 1} holds a secret");
    }

    [Fact]
    public void No_file_is_tracked_that_only_a_running_site_makes() =>
        Offenders.None(Tracked().Where(path => OfASite().IsMatch(path)));

    // Put together here, so that this file does not find itself.
    [Theory]
    [InlineData("fbd_", "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8")]
    [InlineData("fbr_", "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8")]
    [InlineData("-----BEGIN EC PRIVATE", " KEY-----")]
    [InlineData("-----BEGIN PRIVATE", " KEY-----")]
    [InlineData("Host=db;Username=feedback;Pass", "word=hunter2hunter2")]
    [InlineData("AKIA", "ABCDEFGHIJKLMNOP")]
    [InlineData("ghp_", "abcdefghijklmnopqrstuvwxyz0123456789")]
    public void A_secret_is_seen(string beginning, string rest) => Assert.Matches(Secret(), beginning + rest);

    [Theory]
    [InlineData("the key starts with fbd_ and is 47 characters long")]
    [InlineData("Host=127.0.0.1;Username=u;Password=$PASSWORD")]
    [InlineData("Assert.StartsWith(\"-----BEGIN CERTIFICATE-----\", pem)")]
    [InlineData("[GeneratedRegex(\"fbd_[A-Za-z0-9_-]{43}\")]")]
    public void A_name_of_a_secret_is_none(string line) => Assert.DoesNotMatch(Secret(), line);

    private static List<string> Tracked()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool IsBinary(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[4096];
        return head[..stream.Read(head)].Contains((byte)0);
    }

    // Random parts have digits and letters of both cases; words in examples do not.
    [GeneratedRegex(@"fb[dr]_(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|Password=[A-Za-z0-9]{12,}|AKIA[0-9A-Z]{16}\b|gh[pousr]_\w{36}|xox[bp]-\w{10,}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"(^|/)(master\.key|demo\.json|journal\.db.*|accounts\.db.*|grains\.db.*|.*\.(pem|pfx|p12|key))$")]
    private static partial Regex OfASite();
}
