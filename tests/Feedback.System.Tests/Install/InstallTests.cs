using Feedback.System.Tests.Support;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Install;

/// <summary>The installer of the bundle, below a root of its own.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly SmallBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public async Task It_installs_program_settings_and_unit_and_a_second_time_changes_nothing()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        Assert.Equal("1.0.0", await _bundle.VersionAsync());
        foreach (var unit in new[] { "feedback.service", "feedback-backup.service", "feedback-backup.timer" })
            Assert.True(File.Exists(Path.Combine(_bundle.Root, "etc/systemd/system", unit)), unit);
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_URLS=http://127.0.0.1:6500\n");
        await WriteDataAsync("first");

        var again = await _bundle.InstallAsync("1.0.0");

        AssertWell(again);
        Assert.Contains("already", again.Output, StringComparison.Ordinal);
        Assert.EndsWith("FEEDBACK_URLS=http://127.0.0.1:6500\n", await File.ReadAllTextAsync(_bundle.Settings), StringComparison.Ordinal);
        Assert.Equal("first", await ReadDataAsync());
        Assert.False(Directory.Exists(_bundle.Copies));
    }

    [Fact]
    public async Task A_damaged_bundle_is_not_installed()
    {
        await File.AppendAllTextAsync(Path.Combine(_bundle.Unpacked("1.0.0"), "feedback"), "#\n");

        AssertRefused(await _bundle.InstallAsync("1.0.0"), "damaged");

        Assert.False(Directory.Exists(Path.Combine(_bundle.Root, "opt")));
    }

    [Fact]
    public async Task An_upgrade_keeps_the_data_and_a_copy_of_them_and_can_be_taken_back()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync("of 1.0.0");

        AssertWell(await _bundle.InstallAsync("1.10.0"));
        Assert.Equal(("1.10.0", "of 1.0.0"), (await _bundle.VersionAsync(), await ReadDataAsync()));
        Assert.Equal("of 1.0.0", await File.ReadAllTextAsync(Path.Combine(Assert.Single(Directory.GetDirectories(_bundle.Copies)), "journal.db")));
        await WriteDataAsync("of 1.10.0");

        AssertWell(await _bundle.RunInstalledAsync("rollback"));
        Assert.Equal(("1.0.0", "of 1.10.0"), (await _bundle.VersionAsync(), await ReadDataAsync()));

        AssertWell(await _bundle.RunInstalledAsync("rollback", "--restore-data"));
        Assert.Equal(("1.0.0", "of 1.0.0"), (await _bundle.VersionAsync(), await ReadDataAsync()));
        Assert.Contains(Directory.GetDirectories(_bundle.Copies), copy => File.ReadAllText(Path.Combine(copy, "journal.db")) == "of 1.10.0");

        AssertRefused(await _bundle.RunInstalledAsync("rollback"), "no version before");
    }

    [Theory]
    [InlineData("1 a\n", "1 a\n2 b\n", "1 a\n2 b\n")]
    [InlineData(null, "1 a\n", "1 a\n")]
    [InlineData("1 a\n2 b\n", "1 a\n", "1 a\n2 b\n")]
    [InlineData("1 a\n", null, "1 a\n")]
    public async Task Who_was_erased_after_a_copy_stays_erased_when_it_is_restored(string? copied, string? now, string expected)
    {
        var ledger = Path.Combine(_bundle.Data, "erasures.log");
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync("of 1.0.0");
        if (copied is not null)
            await File.WriteAllTextAsync(ledger, copied);
        AssertWell(await _bundle.InstallAsync("1.1.0"));
        File.Delete(ledger);
        if (now is not null)
            await File.WriteAllTextAsync(ledger, now);

        AssertWell(await _bundle.RunInstalledAsync("rollback", "--restore-data"));

        Assert.Equal(("of 1.0.0", expected), (await ReadDataAsync(), await File.ReadAllTextAsync(ledger)));
    }

    [Fact]
    public async Task Lists_of_erased_persons_that_contradict_each_other_are_not_chosen_from()
    {
        var ledger = Path.Combine(_bundle.Data, "erasures.log");
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync("of 1.0.0");
        await File.WriteAllTextAsync(ledger, "1 a\n");
        AssertWell(await _bundle.InstallAsync("1.1.0"));
        await WriteDataAsync("of 1.1.0");
        await File.WriteAllTextAsync(ledger, "1 b\n2 c\n");

        AssertRefused(await _bundle.RunInstalledAsync("rollback", "--restore-data"), "erasures.log");

        Assert.Equal(("1.1.0", "of 1.1.0", "1 b\n2 c\n"), (await _bundle.VersionAsync(), await ReadDataAsync(), await File.ReadAllTextAsync(ledger)));
    }

    [Fact]
    public async Task The_version_before_stays_and_older_ones_go()
    {
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0" })
            AssertWell(await _bundle.InstallAsync(version));

        Assert.Equal(["1.1.0", "1.2.0"], Directory.GetDirectories(Path.Combine(_bundle.Root, "opt/feedback/releases")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task An_older_version_is_no_upgrade()
    {
        AssertWell(await _bundle.InstallAsync("1.10.0"));

        AssertRefused(await _bundle.InstallAsync("1.9.0"), "rollback");

        Assert.Equal("1.10.0", await _bundle.VersionAsync());
    }

    [Fact]
    public async Task Data_in_PostgreSQL_need_a_backup_before_an_upgrade()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_POSTGRES=Host=localhost\n");

        AssertRefused(await _bundle.InstallAsync("1.1.0"), "pg_dump");
        Assert.Equal("1.0.0", await _bundle.VersionAsync());

        AssertWell(await _bundle.InstallAsync("1.1.0", "--database-saved"));
        Assert.Equal("1.1.0", await _bundle.VersionAsync());
    }

    [Fact]
    public async Task Data_in_use_are_not_copied()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await using var running = await FeedbackProcess.StartAsync("serve", "--data", _bundle.Data);

        AssertRefused(await _bundle.InstallAsync("1.1.0"), "in use");

        Assert.Equal("1.0.0", await _bundle.VersionAsync());
    }

    [Fact]
    public async Task Uninstalling_leaves_data_and_settings()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync("kept");

        AssertWell(await _bundle.RunInstalledAsync("uninstall"));

        Assert.False(Directory.Exists(Path.Combine(_bundle.Root, "opt/feedback")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_bundle.Root, "etc/systemd/system")));
        Assert.Equal("kept", await ReadDataAsync());
        Assert.True(File.Exists(_bundle.Settings));
    }

    [Fact]
    public async Task The_service_can_read_what_a_strict_root_unpacks_and_installs()
    {
        _bundle.Beforehand = $"umask 077; chmod -R go= '{_bundle.Unpacked("1.0.0")}'";

        AssertWell(await _bundle.InstallAsync("1.0.0"));

        Assert.Equal(
            "755 755 755 644 640\n",
            await Shell.RunAsync($"cd '{_bundle.Root}' && echo $(stat -c %a opt/feedback/releases/1.0.0 opt/feedback/current/app/feedback etc/feedback opt/feedback/current/VERSION etc/feedback/feedback.env)"));
    }

    [Fact]
    public async Task Only_what_the_bundle_lists_is_installed()
    {
        Directory.CreateDirectory(Path.Combine(_bundle.Unpacked("1.0.0"), "data"));

        AssertWell(await _bundle.InstallAsync("1.0.0"));

        Assert.False(Directory.Exists(Path.Combine(_bundle.Root, "opt/feedback/current/data")));
        Assert.Equal("1.0.0", await _bundle.VersionAsync());
    }

    [Fact]
    public async Task What_an_interrupted_run_left_over_does_not_get_into_copies_or_data()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync("of 1.0.0");
        foreach (var folder in new[] { _bundle.Data + ".partial", Path.Combine(_bundle.Copies, "torn.partial") })
            Directory.CreateDirectory(Path.Combine(folder, "left-over"));

        AssertWell(await _bundle.InstallAsync("1.1.0"));
        AssertWell(await _bundle.RunInstalledAsync("rollback", "--restore-data"));

        Assert.Equal("journal.db", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_bundle.Data))));
        Assert.DoesNotContain(Directory.GetDirectories(_bundle.Copies), copy => copy.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_room_for_a_copy_the_service_is_not_even_stopped()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync("of 1.0.0");
        AssertWell(await _bundle.InstallAsync("1.1.0"));
        _bundle.Beforehand = "df() { printf 'Available\\ndisk 0 0 1024\\n'; }; export -f df";
        // In use, which is asked for after stopping.
        await using var held = new FileStream(Path.Combine(_bundle.Data, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        AssertRefused(await _bundle.InstallAsync("1.2.0"), "only 1 MB are free");
        AssertRefused(await _bundle.RunInstalledAsync("rollback", "--restore-data"), "only 1 MB are free");

        Assert.Equal("1.1.0", await _bundle.VersionAsync());
    }

    [Fact]
    public async Task When_an_upgrade_breaks_off_the_version_before_goes_on()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await WriteDataAsync(new string('x', 1_000_000));
        _bundle.Beforehand = "trap '' XFSZ; ulimit -f 100";

        var broken = await _bundle.InstallAsync("1.1.0");

        Assert.NotEqual(0, broken.Code);
        Assert.Contains("Going on with version 1.0.0", broken.Output, StringComparison.Ordinal);
        Assert.Equal("1.0.0", await _bundle.VersionAsync());
        _bundle.Beforehand = ":";
        AssertWell(await _bundle.InstallAsync("1.1.0"));
        Assert.Equal("1.1.0", await _bundle.VersionAsync());
    }

    [Fact]
    public async Task Data_in_PostgreSQL_are_restored_by_its_own_means()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_POSTGRES=Host=localhost\n");
        await WriteDataAsync("of 1.0.0");
        AssertWell(await _bundle.InstallAsync("1.1.0", "--database-saved"));

        AssertRefused(await _bundle.RunInstalledAsync("rollback", "--restore-data"), "pg_dump");
        Assert.Equal("1.1.0", await _bundle.VersionAsync());

        AssertWell(await _bundle.RunInstalledAsync("rollback", "--restore-data", "--database-restored"));
        Assert.Equal(("1.0.0", "of 1.0.0"), (await _bundle.VersionAsync(), await ReadDataAsync()));
    }

    [Fact]
    public async Task A_version_from_before_there_were_backups_makes_none()
    {
        var old = _bundle.Unpacked("1.0.0");
        foreach (var unit in Directory.GetFiles(old, "feedback-backup.*"))
            File.Delete(unit);
        await Shell.RunAsync($"cd '{old}' && sed -i /feedback-backup/d SHA256SUMS");
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        AssertWell(await _bundle.InstallAsync("1.1.0"));
        Assert.True(File.Exists(Path.Combine(_bundle.Root, "etc/systemd/system/feedback-backup.timer")));

        AssertWell(await _bundle.RunInstalledAsync("rollback"));

        Assert.Equal(["feedback.service"], Directory.GetFiles(Path.Combine(_bundle.Root, "etc/systemd/system")).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public async Task A_program_that_does_not_run_here_is_not_installed()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        _bundle.Unpacked("1.1.0", program: "echo 'GLIBCXX_3.4.30 not found'; exit 1");

        AssertRefused(await _bundle.InstallAsync("1.1.0"), "GLIBCXX_3.4.30 not found");

        Assert.Equal("1.0.0", await _bundle.VersionAsync());
    }

    private Task WriteDataAsync(string text) => File.WriteAllTextAsync(Path.Combine(_bundle.Data, "journal.db"), text);

    private Task<string> ReadDataAsync() => File.ReadAllTextAsync(Path.Combine(_bundle.Data, "journal.db"));

    internal static void AssertWell(Ended ended) => Assert.Equal((0, ""), (ended.Code, ended.Errors));

    internal static void AssertRefused(Ended ended, string named)
    {
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("install.sh: ", Assert.Single(ended.Errors.TrimEnd().Split('\n'), line => line.StartsWith("install.sh", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(named, ended.Errors, StringComparison.Ordinal);
    }
}
