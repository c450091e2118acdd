using Feedback.Grains.Accounts;
using Feedback.Web.Setup;

namespace Feedback.Silo.Hosting;

/// <summary>The first start of a site: whoever reads the service's output may make its first administrator.</summary>
internal static class FirstRun
{
    // The port of one's own computer; as in the guides.
    private const int NearPort = 5080;

    /// <summary>Whether nobody has an account yet. Asked before the site listens: once it does, nothing here may end it.</summary>
    /// <exception cref="UsageException">Nobody has one in PostgreSQL, and the data directory holds a site in files: a second bureau would begin beside it.</exception>
    public static async Task<bool> IsAheadAsync(WebApplication app, Site site)
    {
        if ((await app.Services.GetRequiredService<IAccounts>().ListAsync()).Count > 0)
            return false;
        if (site.Postgres is not null && File.Exists(site.Data.Journal))
            throw new UsageException($"Nobody has an account in the PostgreSQL database, and {site.Data.Journal} holds a site: move it by 'feedback migrate', serve it without the database, or put it aside for a new one.");
        return true;
    }

    /// <summary>Prints a setup code and where to enter it.</summary>
    /// <param name="app">The application; it listens.</param>
    /// <param name="urls">The addresses that it was told to listen on.</param>
    /// <param name="member">Its place in a cluster; null for a silo that is alone.</param>
    public static void Tell(WebApplication app, string urls, ClusterPlace? member)
    {
        var code = app.Services.GetRequiredService<SetupCode>().Draw();
        Console.WriteLine(member is null ? WordsAlone(app.PagesUrl(urls) + "/setup", code) : WordsOfOne(member.Name, new Uri(app.OwnUrl()), code));
    }

    /// <summary>What a silo of a cluster says: a proxy may lead to another silo, which does not know the code.</summary>
    /// <param name="name">What this silo is called.</param>
    /// <param name="own">Where it listens, as its machine reaches it.</param>
    /// <param name="code">The code.</param>
    public static string WordsOfOne(string name, Uri own, string code)
    {
        // By a private address nobody is let in, by loopback everybody is who got on the machine: see Gates.
        var page = new UriBuilder(own) { Host = "127.0.0.1", Port = NearPort, Path = "/setup" }.Uri;
        return $"""

            This site has no administrator yet. This code is of silo {name} alone, each silo has another one, and a proxy may lead to any: so reach
            this very silo, by 'ssh -L {NearPort}:{own.Host}:{own.Port} SERVER' or 'kubectl port-forward pod/{name} {NearPort}:{own.Port}'.
            Then open {page} and enter the code; it is good once, until the next start of this silo.
            本站尚无管理员。以下设置码仅属于实例 {name}，各实例不同，而代理可能转到任一实例，因此请用上面的命令直接连到该实例，
            再打开 {page} 输入（仅可使用一次，该实例重新启动后失效）：

                {code}

            """;
    }

    private static string WordsAlone(string page, string code) => $"""

        This site has no administrator yet. Open {page} and enter this code; it is good once, until the next start.
        本站尚无管理员。请打开 {page} 并输入以下设置码（仅可使用一次，重新启动后失效）：

            {code}

        """;
}
