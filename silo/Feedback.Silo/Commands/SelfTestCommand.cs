using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Feedback.Api;
using Feedback.Api.Addresses;
using Feedback.Silo.Hosting;
using Feedback.Silo.SelfTest;

namespace Feedback.Silo.Commands;

/// <summary><c>self-test</c>: says what a kiosk or a phone sees out there, and how to mend what is wrong.</summary>
internal static class SelfTestCommand
{
    private const int Failed = 2;

    public static Command Create()
    {
        var (publicUrl, json) = (ExposureOptions.PublicUrl(), Sites.Json());
        var language = new Option<string?>("--lang") { Description = "zh or en; the system's language when left out.", HelpName = "LANG" };
        language.AcceptOnlyFromAmong("zh", "en");
        var issuer = new Option<FileInfo?>("--issuer") { Description = "Certificates (PEM) that your kiosks trust, instead of this system's.", HelpName = "FILE" };
        var command = new Command("self-test", "Looks at the running service from outside, as a kiosk or a phone would: name, connection, certificate, redirects, clock, pages and refusals. No key is sent.")
        {
            publicUrl, issuer, language, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var address = PublicAddress.Parse(ExposureOptions.PublicUrlOf(parsed, publicUrl), withinOneNetwork: false);
            if (address.Url is null)
                throw new UsageException("Say which address to look at: --public-url https://NAME.");
            var target = new Target(address.Url, PlainPort: 80, IssuersIn(parsed.GetValue(issuer)));
            var words = new SelfTestWords(CultureInfo.GetCultureInfo(LanguageOf(parsed.GetValue(language))));
            return await RunAsync(target, words, parsed.GetValue(json), cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(Target target, SelfTestWords words, bool json, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        await foreach (var finding in OutsideView.LookAsync(target, RealClock.Instance, cancellation))
        {
            findings.Add(finding);
            if (!json)
                Print(finding, words);
        }

        var passed = findings.TrueForAll(finding => finding.Verdict != Verdict.Fail);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    target.Url,
                    Passed = passed,
                    Findings = findings.Select(finding => new
                    {
                        finding.Check,
                        Verdict = finding.Verdict.ToString().ToLowerInvariant(),
                        finding.Code,
                        What = words.What(finding),
                        Mend = words.Mend(finding),
                    }),
                },
                ApiJson.Options));
        }
        else
        {
            Console.WriteLine();
            Console.WriteLine(words.Sum(findings));
            Console.WriteLine(words.Where);
        }

        return passed ? 0 : Failed;
    }

    private static void Print(Finding finding, SelfTestWords words)
    {
        Console.WriteLine($"{words.Of(finding.Verdict)}\t{finding.Check,-10} {words.What(finding)}");
        if (words.Mend(finding) is { } mend)
            Console.WriteLine($"\t{"",-10} → {mend}");
    }

    private static X509Certificate2Collection IssuersIn(FileInfo? file)
    {
        var issuers = new X509Certificate2Collection();
        try
        {
            if (file is not null)
                issuers.ImportFromPemFile(file.FullName);
        }
        catch (CryptographicException e)
        {
            throw new UsageException($"The certificates in {file} cannot be read: {e.Message}");
        }

        return file is null || issuers.Count > 0 ? issuers : throw new UsageException($"There is no certificate in {file}.");
    }

    private static string LanguageOf(string? chosen) =>
        chosen ?? (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh" : "en");
}
