using Feedback.Grains.Accounts;
using Feedback.Web.Setup;

namespace Feedback.Silo.Hosting;

/// <summary>The first start of a site: whoever reads the service's output may make its first administrator.</summary>
internal static class FirstRun
{
    /// <summary>Prints a setup code and where to enter it, as long as nobody has an account.</summary>
    public static async Task TellAsync(WebApplication app)
    {
        if ((await app.Services.GetRequiredService<IAccounts>().ListAsync()).Count > 0)
            return;
        var code = app.Services.GetRequiredService<SetupCode>().Draw();
        Console.WriteLine($"""

            This site has no administrator yet. Open {app.Urls.First()}/setup and enter this code; it is good once, until the next start.
            本站尚无管理员。请打开 {app.Urls.First()}/setup 并输入以下设置码（仅可使用一次，重新启动后失效）：

                {code}

            """);
    }
}
