using Feedback.Domain.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Tests.Leaks;

/// <summary>The bureau of a site, which fails once it is told to, with words that nobody outside must read.</summary>
internal sealed class BrokenBureau(IBureau bureau) : IBureau
{
    public const string Secret = "SELECT hash FROM planted.keys -- /var/lib/feedback/journal.db, Password=planted";

    public bool Broken { get; set; }

    public BureauState Current => Broken ? throw Failure() : bureau.Current;

    public Task<BureauState> RefreshAsync() => Broken ? throw Failure() : bureau.RefreshAsync();

    public Task<BureauState> DecideAsync(StreamName stream, Func<BureauState, Decision> decide) => Broken ? throw Failure() : bureau.DecideAsync(stream, decide);

    private static InvalidOperationException Failure() => new(Secret, new IOException(Secret));
}
