using Xunit;
using static Feedback.System.Tests.Install.InstallTests;

namespace Feedback.System.Tests.Install;

/// <summary>Whether the installer leaves the backup of every night on or off.</summary>
public sealed class NightlyBackupTests : IDisposable
{
    private readonly SmallBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    // What "systemctl enable" makes and "systemctl disable" takes away.
    private string Link => Path.Combine(_bundle.Root, "etc/systemd/system/timers.target.wants/feedback-backup.timer");

    private bool IsOn => File.Exists(Link);

    [Fact]
    public async Task It_is_on_from_the_first_installation_on()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0", "--no-start"));

        Assert.True(IsOn);
        AssertWell(await _bundle.RunInstalledAsync("uninstall"));
        Assert.Null(new FileInfo(Link).LinkTarget);
    }

    [Fact]
    public async Task Who_switched_it_off_finds_it_off_after_an_upgrade_and_a_way_back()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        File.Delete(Link);

        AssertWell(await _bundle.RunInstalledAsync());
        Assert.False(IsOn);
        AssertWell(await _bundle.InstallAsync("1.1.0"));
        Assert.False(IsOn);
        AssertWell(await _bundle.RunInstalledAsync("rollback"));
        Assert.False(IsOn);
    }

    [Fact]
    public async Task The_settings_switch_it_off_and_on()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_BACKUP=off\n");
        AssertWell(await _bundle.RunInstalledAsync());
        Assert.False(IsOn);

        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_BACKUP=on\n");
        AssertWell(await _bundle.RunInstalledAsync());

        Assert.True(IsOn);
    }
}
