using Feedback.Domain.Organisation;
using Feedback.Grains.Personal;
using Feedback.Storage.Personal;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests.Personal;

public sealed class ErasureLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["erasures.log"];

    [Fact]
    public async Task What_was_appended_is_there_after_a_restart()
    {
        var (first, second) = (Erased(1, whole: true), Erased(2, whole: false));
        var ledger = ErasureLedgerFile.Open(File);
        await ledger.AppendAsync(first);
        await ledger.AppendAsync(second);
        await ErasureLedgerFile.Open(File).AppendAsync(Erased(3, whole: true));

        var lines = ErasureLedgerFile.Open(File).Lines;

        Assert.Equal([1, 2, 3], lines.Select(line => line.Version));
        Assert.Equal(first.References, lines[0].References);
        Assert.Equal((first.Window, first.Subject, first.At), (lines[0].Window, lines[0].Subject, lines[0].At));
        Assert.Null(lines[1].Subject);
    }

    [Fact]
    public async Task An_erasure_that_is_known_is_not_kept_twice()
    {
        var (ledger, erased) = (ErasureLedgerFile.Open(File), Erased(1, whole: true));
        await ledger.AppendAsync(erased);
        await ledger.AppendAsync(erased with { At = 99 });

        Assert.Single(ErasureLedgerFile.Open(File).Lines);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_is_left_out_and_written_over()
    {
        var ledger = ErasureLedgerFile.Open(File);
        await ledger.AppendAsync(Erased(1, whole: true));
        await ledger.AppendAsync(Erased(2, whole: true));
        var text = await System.IO.File.ReadAllTextAsync(File);
        await System.IO.File.WriteAllTextAsync(File, text[..^9]);

        await ErasureLedgerFile.Open(File).AppendAsync(Erased(3, whole: true));

        Assert.Equal([1, 3], ErasureLedgerFile.Open(File).Lines.Select(line => line.Version));
    }

    [Fact]
    public async Task Who_only_reads_leaves_a_line_alone_that_is_being_written()
    {
        await ErasureLedgerFile.Open(File).AppendAsync(Erased(1, whole: true));
        await System.IO.File.AppendAllTextAsync(File, "2 17724150");
        var text = await System.IO.File.ReadAllTextAsync(File);

        Assert.Equal([1], ErasureLedgerFile.Open(File).Lines.Select(line => line.Version));

        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Nobody_appends_behind_lines_that_they_do_not_know()
    {
        var (first, second) = (ErasureLedgerFile.Open(File), ErasureLedgerFile.Open(File));
        await first.AppendAsync(Erased(1, whole: true));

        await Assert.ThrowsAsync<IOException>(() => second.AppendAsync(Erased(2, whole: true)));

        Assert.Equal([1], second.ReadAgain().Select(line => line.Version));
        await first.AppendAsync(Erased(3, whole: true));
        Assert.Equal([1, 3], ErasureLedgerFile.Open(File).Lines.Select(line => line.Version));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_line_that_was_changed_or_taken_out_is_noticed(int line)
    {
        var ledger = ErasureLedgerFile.Open(File);
        for (var version = 1; version <= 4; version++)
            await ledger.AppendAsync(Erased(version, whole: true));
        var lines = await System.IO.File.ReadAllLinesAsync(File);

        await System.IO.File.WriteAllLinesAsync(File, lines.Where((_, i) => i != line));
        Assert.Throws<InvalidDataException>(() => ErasureLedgerFile.Open(File));

        lines[line] = lines[line].Replace(" n7 ", " n8 ", StringComparison.Ordinal);
        await System.IO.File.WriteAllLinesAsync(File, lines);
        Assert.Throws<InvalidDataException>(() => ErasureLedgerFile.Open(File));
    }

    [Fact]
    public async Task Only_its_owner_may_read_it()
    {
        await ErasureLedgerFile.Open(File).AppendAsync(Erased(1, whole: true));

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    public void Dispose() => _folder.Dispose();

    private static ErasedSubject Erased(long version, bool whole) =>
        new(new NodeId("n7"), version, 1_772_415_000_000, [Some.Opaque(), Some.Opaque()], whole ? Some.Opaque() : null);
}
