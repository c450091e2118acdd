using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Keys;
using Feedback.Grains.Personal;

namespace Feedback.Benchmarks.Measures;

/// <summary>What it costs to know who pushes: one check of a signature, and the push path without and with keys and signatures.</summary>
internal static class SignatureCost
{
    public const string Description = "One check of a signature; one evaluation per request without access control, with a plain key, signed by HMAC and by ECDSA.";
    private const int Connections = 128;
    private const int Rounds = 5;
    private const int MostPerSecond = 25_000;

    public static async Task MeasureAsync(Settings settings)
    {
        MeasureChecks(settings);
        foreach (var postgres in settings.Databases)
            await MeasurePushesAsync(settings, postgres);
    }

    private static void MeasureChecks(Settings settings)
    {
        var seal = new KeySeal(BureauSecrets.Generate());
        var claim = SignedBodies.Claim(PreparedBook.Numbered(new EvaluationMix(settings.Clock.GetUtcNow()).Draw("n5", 0)));
        var text = new System.Buffers.ArrayBufferWriter<byte>(1024);
        SignedText.Write(claim, text);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (publicKey, hash) = PublicKeyText.Of(pair);
        var key = new IssuedKey("k7", KeyPurpose.Device, "t7", new NodeId("n5"), "secret", 0);
        var table = new MarkdownTable("algorithm", "one check, median (goal)");
        Check(
            key with { Algorithm = KeyAlgorithm.HmacSha256, Sealed = seal.Seal("k7", "secret"), Master = KeySeal.MasterVersion },
            HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret"), text.WrittenSpan));
        Check(key with { Algorithm = KeyAlgorithm.Es256, Hash = hash, PublicKey = publicKey }, pair.SignData(text.WrittenSpan, HashAlgorithmName.SHA256));
        table.Print("One check of a signature", $"The signed text of {text.WrittenCount} bytes is made each time, as it is for a push.");

        void Check(IssuedKey by, byte[] bytes)
        {
            _ = Signature.TryParse("k7." + Base64Url.EncodeToString(bytes), out var signature);
            table.Add(by.Algorithm.Word(), $"**{MarkdownTable.Decimal(Median(new SignatureCheck(seal), by, claim, signature!))} µs** (≤ 100)");
        }
    }

    private static double Median(SignatureCheck check, IssuedKey key, WindowClaim claim, Signature signature)
    {
        // Short runs: what else the machine does then disturbs few of them.
        const int Checks = 20;
        var runs = new double[1001];
        for (var run = -200; run < runs.Length; run++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Checks; i++)
            {
                if (!check.IsRight(key, claim, signature))
                    throw new InvalidOperationException("A right signature was found wrong.");
            }

            if (run >= 0)
                runs[run] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Checks;
        }

        Array.Sort(runs);
        return runs[runs.Length / 2];
    }

    private static async Task MeasurePushesAsync(Settings settings, bool postgres)
    {
        await using var store = await Store.OpenAsync(postgres);
        await using var server = await store.StartServerAsync(signers: true);
        var access = server.Access;
        var (signed, mix, random) = (new SignedBodies(access), new EvaluationMix(settings.Clock.GetUtcNow()), new Random(17));
        var windows = access.Halls.SelectMany(hall => hall).ToArray();
        (string Name, PreparedBook Book)[] all =
        [
            ("no access control", new PreparedBook("/bench/push", null, () => Draw(null))),
            ("plain key", new PreparedBook("/api/v1/evaluations", access.DeviceKey, () => Draw(null))),
            ("signed by hmac-sha256", new PreparedBook("/api/v1/evaluations", null, () => Draw(KeyAlgorithm.HmacSha256))),
            ("signed by es256", new PreparedBook("/api/v1/evaluations", null, () => Draw(KeyAlgorithm.Es256))),
        ];
        var most = (int)(settings.Phase.TotalSeconds * MostPerSecond);
        var contestants = new List<(string Name, PreparedBook Book, Contestant Contestant)>();
        foreach (var (name, book) in all)
            contestants.Add((name, book, await Contestant.OpenAsync(server, book, Connections)));
        foreach (var (_, book, contestant) in contestants)
        {
            book.Prepare(most);
            await contestant.WarmUpAsync(settings.Phase);
        }

        for (var round = 0; round < Rounds; round++)
        {
            // Now one is first and now another, so that none always comes after a pause.
            foreach (var (_, book, contestant) in contestants.Skip(round % contestants.Count).Concat(contestants.Take(round % contestants.Count)))
            {
                book.Prepare(most);
                GC.Collect();
                await contestant.RunAsync(settings.Phase);
            }
        }

        var table = new MarkdownTable("push", "rate", "p50 / p99", "against no access control (goal)", "server's processor time per request");
        foreach (var (name, _, contestant) in contestants)
            table.Add(name, contestant.Rate, contestant.Times, $"**{contestant.RatioTo(contestants[0].Contestant)}** (≥ 0.90)", contestant.Processor);
        table.Print(
            $"What access control costs a push, on {store.Name}",
            $"Medians of {Rounds} turns of {settings.Phase.TotalSeconds:0} s, in turns; {Connections} connections, 1,000 windows with a terminal of each kind; "
                + "requests are made and signed before the clock starts.");

        string Draw(KeyAlgorithm? algorithm)
        {
            var number = random.Next(windows.Length);
            var body = PreparedBook.Numbered(mix.Draw(windows[number], number));
            return algorithm is { } known ? signed.Sign(windows[number], body, known) : body;
        }
    }
}
