using System.CommandLine;
using Feedback.Silo.Hosting;
using Feedback.Storage;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>keys make</c>: the keys of a site that is to begin, so that they are on every machine before its first silo starts. Of several silos that
/// start together on machines of their own, each would make others.
/// </summary>
internal static class NewKeysCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Where the keys are put; made when it is not there." };
        var command = new Command("make", "Makes master.key, checkpoint.key and cluster.pem for a site that is to begin: copy them to every silo, and to a safe.") { directory };
        command.SetAction((parsed, _) => Sites.RunAsync(() =>
        {
            // Nothing but keys is looked for in it.
            var site = new Site(DataDirectory.Open(parsed.GetValue(directory)!), null);
            string[] files = [site.MasterKey, site.CheckpointKey, site.ClusterCertificate];
            if (files.FirstOrDefault(File.Exists) is { } there)
                throw new UsageException($"{there} is there already, and no other takes its place: what was sealed by it could not be opened any more.");
            SecretsFile.LoadOrCreate(site);
            using (CheckpointHosting.LoadOrCreateKey(site))
                ClusterCertificate.LoadOrCreate(site, RealClock.Instance);
            foreach (var file in files)
                Console.WriteLine(file);
            return Task.FromResult(0);
        }));
        return command;
    }
}
