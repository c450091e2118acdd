using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Platform;
using Feedback.Domain.Windows;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains.Tests.Platform;

/// <summary>A site that reports to a platform, and no ticker: tests say when it looks.</summary>
internal sealed class PlatformSite : IAsyncDisposable
{
    private PlatformSender? _sender;
    private RunningSilo? _of;

    private PlatformSite(PlatformSettings settings) => Settings = settings;

    public FakePlatform Platform { get; } = new();

    /// <summary>What the next silo reads.</summary>
    public PlatformSettings Settings { get; set; }

    public Site Site { get; private set; } = null!;

    public RunningSilo Silo => Site.Silo;

    public IPlatformStore Store => Silo.Get<IPlatformStore>();

    /// <summary>The sender of the silo that runs.</summary>
    public PlatformSender Sender
    {
        get
        {
            (_sender, _of) = _of == Silo ? (_sender, _of) : (Silo.Get<PlatformSender>(), Silo);
            return _sender!;
        }
    }

    /// <summary>Grades and times of ratings, from March 2026 on.</summary>
    public static PlatformSettings Usual => new()
    {
        Items = new Uri("https://platform.example.org/items"),
        From = new DateOnly(2026, 3, 1),
        BatchSize = 10,
        Mappings = Mapping(PlatformKind.Evaluations, Rule(PlatformKind.Evaluations, "grade"), Rule(PlatformKind.Evaluations, "status")),
    };

    public static async Task<PlatformSite> OpenAsync(PlatformSettings? settings = null, bool onPostgres = false)
    {
        var opened = new PlatformSite(settings ?? Usual);
        opened.Site = await Site.OpenAsync(
            services =>
            {
                services.AddSingleton(opened.Settings);
                services.AddSingleton<IPlatformCarrier>(opened.Platform);
            },
            postgres: onPostgres ? await (await PrivatePostgres.Shared).CreateDatabaseAsync() : null);
        return opened;
    }

    public static ImmutableDictionary<PlatformKind, ItemMapping> Mapping(PlatformKind kind, params ImmutableArray<FieldRule> rules) =>
        ImmutableDictionary<PlatformKind, ItemMapping>.Empty.Add(kind, new ItemMapping(kind, rules));

    public static FieldRule Rule(PlatformKind kind, string source) => new(source) { From = SourceFields.Find(kind, source)! };

    /// <summary>How the platform knows a rating of a terminal.</summary>
    public static string IdOf(string rating, NodeId? window = null) => PlatformItems.IdOf(window ?? Places.Window, Identities.OfEvaluation("t1", rating));

    /// <summary>Sends until nothing is left.</summary>
    public async Task SendAllAsync()
    {
        while (await Sender.StepAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>Sends until the platform does not take something, or something breaks.</summary>
    public async Task<Exception> FailAsync()
    {
        try
        {
            await SendAllAsync();
        }
        catch (Exception e) when (e is DeliveryException or IOException)
        {
            return e;
        }

        throw new InvalidOperationException("Nothing failed.");
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
