using System.Globalization;
using System.Text;
using Feedback.Domain.Personal.FreeText;

namespace Feedback.System.Tests.Personal;

/// <summary>Numbers of nobody that are planted, and looked for wherever a service keeps or tells something.</summary>
internal static class Canaries
{
    /// <summary>A hundred: half mobile numbers, half identity numbers with right check characters.</summary>
    public static IReadOnlyList<string> Hundred { get; } =
        [.. Enumerable.Range(0, 50).Select(Phone), .. Enumerable.Range(0, 50).Select(Identity)];

    /// <summary>The texts of <paramref name="canaries"/> that stand in some bytes, in UTF-8 or UTF-16.</summary>
    public static IEnumerable<string> In(byte[] bytes, IEnumerable<string> canaries) => canaries.Where(canary =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(canary)) >= 0);

    /// <summary>The files at or below a folder that hold any canary, with the canary.</summary>
    public static IReadOnlyList<string> InFiles(string folder, IReadOnlyList<string> canaries)
    {
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            found.AddRange(In(copy.ToArray(), canaries).Select(canary => $"{path}: {canary}"));
        }

        return found;
    }

    // Spread over all of their digits, and none of them a part of another number.
    private static string Phone(int n) => string.Create(CultureInfo.InvariantCulture, $"1{39 + (n * 7 % 60)}{(71_358_139L + (n * 1_618_033L)) % 100_000_000:D8}");

    private static string Identity(int n)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"35010219{60 + (n % 40)}{1 + (n % 12):D2}{1 + (n % 28):D2}{(n * 19 % 1000):D3}");
        return first + Checksums.IdentityCheck(first);
    }
}
