using Feedback.Grains.Accounts;
using Feedback.Web.Setup;

namespace Feedback.Silo.Hosting;

/// <summary>The first start of a site: whoever reads the service's output may make its first administrator.</summary>
internal static class FirstRun
{
    /// <summary>Whether nobody has an account yet. Asked before the site listens: once it does, nothing here may end it.</summary>
    public static async Task<bool> IsAheadAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<IAccounts>().ListAsync()).Count == 0;

    /// <summary>Prints a setup code and where to enter it.</summary>
    public static void Tell(WebApplication app, string urls)
    {
        var page = app.PagesUrl(urls) + "/setup";
        var code = app.Services.GetRequiredService<SetupCode>().Draw();
        Console.WriteLine($"""

            This site has no administrator yet. Open {page} and enter this code; it is good once, until the next start.
            本站尚无管理员。请打开 {page} 并输入以下设置码（仅可使用一次，重新启动后失效）：

                {code}

            """);
    }
}
