using System.Runtime.InteropServices;

namespace Feedback.Silo.Hosting;

/// <summary>
/// The OpenSSL that comes with the bundle, for systems that have none. The system's own always comes first: it gets the
/// system's security updates.
/// </summary>
internal static class BundledOpenSsl
{
    // The first is needed by the second. Once loaded, the runtime finds them by these names.
    private static readonly string[] Libraries = ["libcrypto.so.3", "libssl.so.3"];

    /// <summary>Loads it where needed; to be called before anything is hashed or encrypted.</summary>
    public static void LoadWhereMissing()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "openssl");
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder) || IsInstalled("libssl.so.3") || IsInstalled("libssl.so.1.1"))
            return;
        foreach (var library in Libraries)
            NativeLibrary.Load(Path.Combine(folder, library));
    }

    private static bool IsInstalled(string library) => NativeLibrary.TryLoad(library, out _);
}
