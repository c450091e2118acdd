using System.Globalization;
using System.Text.RegularExpressions;

namespace Feedback.Silo.SelfTest;

/// <summary>What any web service with a public address should do.</summary>
internal static partial class WebChecks
{
    /// <summary>A name that nobody has (RFC 2606).</summary>
    public const string Nobody = "self-test.invalid";

    // Its answer depends on the name only.
    private const string Somewhere = "/api/v1/nodes";

    private const int LeastDays = 30;
    private static readonly TimeSpan SmallDifference = TimeSpan.FromSeconds(60);

    // What device clocks may be ahead before an evaluation's own time is not believed.
    private static readonly TimeSpan LargeDifference = TimeSpan.FromMinutes(5);

    /// <summary>Where people get who leave out https://.</summary>
    public static async Task<Finding> RedirectAsync(OutsideClient http, Target target, CancellationToken cancellation)
    {
        var plain = new UriBuilder(target.Url) { Scheme = Uri.UriSchemeHttp, Port = target.PlainPort }.Uri;
        var answer = await http.GetAsync(plain, cancellation);
        if (answer.Status == 0)
            return new Finding("redirect", Verdict.Warn, "redirect-silent", plain);
        return answer is { Status: 301 or 302 or 307 or 308, Location: { } location } && location.Scheme == Uri.UriSchemeHttps && location.IdnHost == target.Url.IdnHost
            ? new Finding("redirect", Verdict.Pass, "redirect-leads", plain, location)
            : new Finding("redirect", Verdict.Fail, "redirect-missing", plain, answer.Status);
    }

    /// <summary>Whether browsers are told to stay with encryption.</summary>
    public static async Task<Finding> StrictTransportAsync(OutsideClient http, CancellationToken cancellation)
    {
        var header = (await http.GetAsync("/", cancellation)).StrictTransport;
        return header is not null && MaxAge().Match(header) is { Success: true } age
            && long.TryParse(age.Groups[1].Value, CultureInfo.InvariantCulture, out var seconds) && seconds >= LeastDays * 86_400
            ? new Finding("hsts", Verdict.Pass, "hsts-given", seconds / 86_400)
            : new Finding("hsts", Verdict.Warn, "hsts-missing", LeastDays);
    }

    /// <summary>Whether it answers under a name that is not its own as it does under its own.</summary>
    public static async Task<Finding> OtherNameAsync(OutsideClient http, CancellationToken cancellation)
    {
        var own = await http.GetAsync(Somewhere, cancellation);
        var other = await http.GetAsync(Somewhere, cancellation, ("Host", Nobody));
        return other.Status == own.Status && (other.Location is null || other.Location.IdnHost == Nobody)
            ? new Finding("host", Verdict.Warn, "host-any", Nobody, other.Status)
            : new Finding("host", Verdict.Pass, "host-refused", Nobody, other.Status);
    }

    /// <summary>How far the two clocks are apart.</summary>
    public static async Task<Finding> ClockAsync(OutsideClient http, TimeProvider clock, CancellationToken cancellation)
    {
        if ((await http.GetAsync("/healthz/live", cancellation)).Date is not { } date)
            return new Finding("clock", Verdict.Warn, "clock-untold");
        // The header has whole seconds.
        var seconds = (long)Math.Round((date - clock.GetUtcNow()).TotalSeconds);
        var apart = TimeSpan.FromSeconds(Math.Abs(seconds));
        return apart > LargeDifference ? new Finding("clock", Verdict.Fail, "clock-off", seconds)
            : apart > SmallDifference ? new Finding("clock", Verdict.Warn, "clock-off", seconds)
            : new Finding("clock", Verdict.Pass, "clock-right", seconds);
    }

    [GeneratedRegex(@"max-age=""?(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex MaxAge();
}
