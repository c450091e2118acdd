using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Feedback.Architecture.Tests;

/// <summary>What runs the service in containers and on Kubernetes speaks of the same ports, names and settings as the service.</summary>
public sealed partial class DeployTests
{
    private const string Deploy = "silo/deploy/";

    private static readonly IReadOnlyList<string> Files =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, Deploy), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal)];

    private static readonly IReadOnlyList<YamlMappingNode> Kubernetes =
        [.. Files.Where(path => path.StartsWith(Deploy + "kubernetes/", StringComparison.Ordinal)).SelectMany(Documents)];

    [Fact]
    public void Every_YAML_file_can_be_read() => Assert.True(Files.Where(IsYaml).Sum(path => Documents(path).Count()) > 10);

    [Fact]
    public void Only_settings_that_the_service_knows_are_set()
    {
        var known = Repository.CSharpSources.Where(path => path.StartsWith("silo/", StringComparison.Ordinal))
            .SelectMany(Repository.LinesOf).SelectMany(line => Setting().Matches(line)).Select(match => match.Value).ToHashSet();

        Assert.Contains("FEEDBACK_ADVERTISE", known);
        Offenders.None(
            from path in Files
            from line in Repository.LinesOf(path).Index()
            from match in Setting().Matches(line.Item)
            where !known.Contains(match.Value)
            select $"{path}:{line.Index + 1} {match.Value}");
    }

    [Fact]
    public void The_ports_of_the_image_are_those_of_the_service()
    {
        var image = Text("container/Dockerfile");

        Assert.Contains("EXPOSE 8080 11111", image, StringComparison.Ordinal);
        Assert.Contains("FEEDBACK_URLS=http://0.0.0.0:8080", image, StringComparison.Ordinal);
        Assert.Contains("DefaultPort = 11111;", File.ReadAllText(Path.Combine(Repository.Root, "silo/Feedback.Silo/Hosting/ClusterPlace.cs")), StringComparison.Ordinal);
        Assert.Equal(["http 8080", "silo 11111"], Silo()["ports"].AllNodes.OfType<YamlMappingNode>().Select(port => $"{port["name"]} {port["containerPort"]}"));
        Assert.Contains("FEEDBACK_URLS: http://0.0.0.0:8080", Text("kubernetes/settings.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_port_and_every_object_that_is_named_on_Kubernetes_is_there()
    {
        var names = Kubernetes.Where(one => Has(one, "metadata")).Select(one => one["metadata"]["name"].ToString()).ToHashSet();

        Offenders.None(Named("targetPort", "port").Where(port => port is not ("http" or "silo") && !int.TryParse(port, out _)));
        Offenders.None(Named("secretName", "claimName", "serviceName").Where(name => name != "feedback-tls" && !names.Contains(name)));
        Assert.Equal(
            Files.Where(path => path.Contains("/kubernetes/", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)!).Except(["kustomization.yaml", "secrets.example.yaml"]).Order(),
            Kubernetes.Single(one => one["kind"].ToString() == "Kustomization")["resources"].AllNodes.OfType<YamlScalarNode>().Select(file => file.ToString()).Order());
    }

    [Fact]
    public void Silos_are_asked_for_their_health_where_they_tell_it()
    {
        var silo = Silo();

        Assert.Equal("/healthz/ready", silo["readinessProbe"]["httpGet"]["path"].ToString());
        // A database that is away is no reason to kill silos.
        Assert.Equal("/healthz/live", silo["livenessProbe"]["httpGet"]["path"].ToString());
        Assert.Contains("GET /healthz/live ", Text("container/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_silo_of_the_compose_file_advertises_its_own_address_and_is_known_to_the_proxy()
    {
        var services = (YamlMappingNode)Documents(Deploy + "container/compose.yaml").Single()["services"];
        var silos = services.Children.Where(service => service.Key.ToString().StartsWith("silo-", StringComparison.Ordinal)).ToDictionary(service => service.Key.ToString(), service => service.Value);

        Assert.Equal(3, silos.Count);
        foreach (var (name, silo) in silos)
        {
            Assert.Equal(silo["networks"]["inside"]["ipv4_address"], silo["environment"]["FEEDBACK_ADVERTISE"]);
            Assert.Equal(name, silo["environment"]["FEEDBACK_SILO_NAME"].ToString());
            Assert.Contains($"server {name}:8080", Text("container/nginx.conf"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_bundle_holds_what_installs_and_tries_a_cluster()
    {
        var publish = Text("publish.sh");

        foreach (var file in new[] { "cluster-local", "feedback-cluster.conf", "cluster.md", "cluster.zh-CN.md", "container", "kubernetes" })
            Assert.Contains(file, publish, StringComparison.Ordinal);
    }

    private static YamlNode Silo() =>
        Kubernetes.Single(one => one["kind"].ToString() == "StatefulSet")["spec"]["template"]["spec"]["containers"][0];

    private static IEnumerable<string> Named(params string[] keys) =>
        from document in Kubernetes
        from map in document.AllNodes.OfType<YamlMappingNode>()
        from pair in map.Children
        where keys.Contains(pair.Key.ToString()) && pair.Value is YamlScalarNode
        select pair.Value.ToString();

    private static bool Has(YamlMappingNode map, string key) => map.Children.ContainsKey(new YamlScalarNode(key));

    private static bool IsYaml(string path) => Path.GetExtension(path) is ".yaml" or ".yml";

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, Deploy, path));

    private static IEnumerable<YamlMappingNode> Documents(string path)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Repository.Root, path));
        stream.Load(reader);
        return stream.Documents.Select(document => (YamlMappingNode)document.RootNode);
    }

    [GeneratedRegex(@"\bFEEDBACK_[A-Z]+(_[A-Z]+)*\b")]
    private static partial Regex Setting();
}
