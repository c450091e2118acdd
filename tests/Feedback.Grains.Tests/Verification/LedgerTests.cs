using Feedback.Domain.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Verification;

/// <summary>The list of erased persons is compared with the journal.</summary>
public sealed class LedgerTests(StoredSite site) : IClassFixture<StoredSite>
{
    [Fact]
    public async Task An_erasure_that_the_ledger_does_not_know_is_told()
    {
        using var copy = site.Copy();

        var finding = Assert.Single((await copy.VerifyAsync(new Ledger([]))).Findings);

        Assert.StartsWith("window:n7, version ", finding.Place, StringComparison.Ordinal);
        Assert.Contains("erasures.log does not know of it", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_the_ledger_took_meanwhile_is_known()
    {
        using var copy = site.Copy();
        var told = (await copy.VerifyAsync(new Ledger([]))).Findings.Single().What;
        var reference = Opaque.Parse(told.Split(' ')[4].TrimEnd(','));

        Assert.Empty((await copy.VerifyAsync(new Ledger([new ErasedSubject(Places.Window, 1, 0, [reference], null)]))).Findings);
    }

    [Fact]
    public async Task What_was_erased_after_its_stream_was_read_is_not_told_as_gone()
    {
        using var copy = site.Copy();

        Assert.Empty(await copy.FollowBehindAsync());
    }

    // What another process appended shows only when the ledger is read again.
    private sealed class Ledger(IReadOnlyList<ErasedSubject> later) : IErasureLedger
    {
        public IReadOnlyList<ErasedSubject> Lines => [];

        public bool IsWhole => true;

        public IReadOnlyList<ErasedSubject> ReadAgain() => later;

        public Task AppendAsync(ErasedSubject erased) => throw new NotSupportedException();
    }
}
