using System.Diagnostics;
using System.Globalization;

namespace Feedback.TestSupport;

/// <summary>PostgreSQL's own programs, started as a user that PostgreSQL accepts (it refuses root).</summary>
internal static class PostgresPrograms
{
    /// <summary>A program of the installed server, ready to start, with its standard streams on pipes.</summary>
    public static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var binary = Path.Combine(Folder(), program);
        string[] line = Environment.IsPrivilegedProcess
            ? ["setpriv", .. Unprivileged(), binary, .. arguments]
            : [binary, .. arguments];
        return new ProcessStartInfo(line[0], line[1..])
        {
            // The other user may not be allowed into our folder, and we read its messages: fixed place, fixed language.
            WorkingDirectory = "/",
            Environment = { ["LC_ALL"] = "C" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string Folder()
    {
        var chosen = Environment.GetEnvironmentVariable("PGBIN");
        if (!string.IsNullOrEmpty(chosen))
            return chosen;

        const string debian = "/usr/lib/postgresql";
        var newest = (Directory.Exists(debian) ? Directory.GetDirectories(debian) : [])
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .MaxBy(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0);
        return newest is null
            ? throw new InvalidOperationException("No PostgreSQL server is installed: install postgresql-15, or set PGBIN to the folder that holds initdb.")
            : Path.Combine(newest, "bin");
    }

    private static string[] Unprivileged()
    {
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToList();
        var account = accounts.Find(fields => fields[0] == "postgres") ?? accounts.Find(fields => fields[0] == "nobody")
            ?? throw new InvalidOperationException("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.");
        // Not --pdeathsig: it follows the thread that started the server, which ends long before the tests do.
        return [$"--reuid={account[2]}", $"--regid={account[3]}", "--clear-groups"];
    }
}
