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
            // By address, in both groups: nginx looks names up at its start only.
            Assert.Equal(3, Text("container/nginx.conf").Split($"server {silo["environment"]["FEEDBACK_ADVERTISE"]}:8080 ").Length);
        }
    }

    [Fact]
    public void The_proxy_leaves_no_silo_out_for_an_honest_503_and_tells_terminals_when_to_come_again()
    {
        var nginx = Text("container/nginx.conf").Split('\n').Select(line => line.Split('#')[0].Trim()).ToList();
        var pushes = nginx.SkipWhile(line => line != "upstream pushes {").TakeWhile(line => line != "}").Where(line => line.StartsWith("server ", StringComparison.Ordinal)).ToList();
        var again = nginx.SkipWhile(line => line != "location @again {").TakeWhile(line => line != "}").ToList();

        // What is named there counts as a failure of the silo.
        Assert.Contains(nginx, line => line.StartsWith("proxy_next_upstream ", StringComparison.Ordinal) && line.Contains("http_503", StringComparison.Ordinal));
        Assert.Equal(3, pushes.Count);
        Assert.All(pushes, server => Assert.EndsWith(" max_fails=0;", server, StringComparison.Ordinal));
        Assert.Contains("error_page 502 504 = @again;", nginx);
        Assert.Contains("add_header Retry-After 1 always;", again);
        Assert.Contains(again, line => line.StartsWith("return 503 ", StringComparison.Ordinal));
        Assert.Contains(again, line => line.Contains("application/problem+json", StringComparison.Ordinal));
    }

    [Fact]
    public void On_Kubernetes_what_is_pushed_is_sent_to_other_silos_as_by_the_proxy_and_what_people_send_is_not_repeated()
    {
        const string Rule = "nginx.ingress.kubernetes.io/";
        var ways = Kubernetes.Where(one => one["kind"].ToString() == "Ingress").ToDictionary(one => one["metadata"]["name"].ToString());
        var (pushes, people) = ((YamlMappingNode)ways["pushes"]["metadata"]["annotations"], ways["feedback"]["metadata"]["annotations"]);
        var nginx = Text("container/nginx.conf").Split('\n').Select(line => line.Trim()).ToList();

        Assert.Contains("location ~ ^/api/v1/(evaluations|matters)$ {", nginx);
        Assert.Equal(["/api/v1/evaluations Exact pushes", "/api/v1/matters Exact pushes"], PathsOf(ways["pushes"]));
        Assert.Equal(["/ Prefix feedback"], PathsOf(ways["feedback"]));
        Assert.Contains($"proxy_next_upstream {pushes[Rule + "proxy-next-upstream"]};", nginx);
        Assert.Contains($"proxy_next_upstream_tries {pushes[Rule + "proxy-next-upstream-tries"]};", nginx);
        Assert.Contains($"proxy_next_upstream_timeout {pushes[Rule + "proxy-next-upstream-timeout"]}s;", nginx);
        Assert.Contains($"proxy_read_timeout {pushes[Rule + "proxy-read-timeout"]}s;", nginx);
        Assert.Contains("non_idempotent", pushes[Rule + "proxy-next-upstream"].ToString(), StringComparison.Ordinal);
        Assert.False(Has(pushes, Rule + "affinity"));
        Assert.Equal("error timeout", people[Rule + "proxy-next-upstream"].ToString());
        Assert.Single(Kubernetes.Where(one => one["kind"].ToString() == "Service" && one["metadata"]["name"].ToString() is "pushes" or "feedback").Select(one => one["spec"].ToString()).Distinct());

        static IEnumerable<string> PathsOf(YamlMappingNode way) => ((YamlSequenceNode)way["spec"]["rules"][0]["http"]["paths"]).Children
            .Select(path => $"{path["path"]} {path["pathType"]} {path["backend"]["service"]["name"]}");
    }

    [Fact]
    public void Alerts_wait_for_a_second_report_and_a_silo_that_is_gone_is_forgotten_before_it_disagrees()
    {
        foreach (var file in new[] { "feedback.env", "cluster.md", "cluster.zh-CN.md" })
            Assert.Contains("OTEL_METRIC_EXPORT_INTERVAL=15000", Text(file), StringComparison.Ordinal);
        foreach (var file in new[] { "container/compose.yaml", "kubernetes/settings.yaml" })
            Assert.Contains("OTEL_METRIC_EXPORT_INTERVAL: \"15000\"", Text(file), StringComparison.Ordinal);
        foreach (var guide in new[] { "cluster.md", "cluster.zh-CN.md" })
            Assert.Contains("metric_expiration: 90s", Text(guide), StringComparison.Ordinal);
        var waits = ((YamlSequenceNode)Documents(Deploy + "alerts.yaml").Single()["groups"][0]["rules"]).Children.Cast<YamlMappingNode>()
            .Where(rule => Has(rule, "for")).ToDictionary(rule => rule["alert"].ToString(), rule => SecondsOf(rule["for"].ToString()));

        Offenders.None(waits.Where(wait => wait.Value < 2 * 15).Select(wait => wait.Key));
        // Forgotten, and one more report and look at it by Prometheus.
        Assert.InRange(waits["FeedbackSilosDisagree"], 90 + 15 + 15, 300);

        static int SecondsOf(string time) => int.Parse(time[..^1]) * (time[^1] switch { 's' => 1, 'm' => 60, _ => 3600 });
    }

    [Theory]
    [InlineData("cluster.md")]
    [InlineData("cluster.zh-CN.md")]
    public void The_guide_leads_to_the_setup_page_of_one_silo_by_loopback(string guide)
    {
        Assert.Contains("ssh -L 5080:10.1.2.3:5080 SERVER", Text(guide), StringComparison.Ordinal);
        Assert.Contains("kubectl port-forward pod/silo-0 5080:8080", Text(guide), StringComparison.Ordinal);
        Assert.Contains("`http://127.0.0.1:5080/setup`", Text(guide), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md", "restore", "migrate", "verify")]
    [InlineData("README.zh-CN.md", "restore", "migrate", "verify")]
    [InlineData("cluster.md", "migrate", "keys rotate", "keys rewrap")]
    [InlineData("cluster.zh-CN.md", "migrate", "keys rotate", "keys rewrap")]
    public void Verbs_about_the_data_of_a_service_are_printed_with_its_user_and_its_settings(string guide, params string[] verbs)
    {
        const string Whole = "sudo -u feedback sh -c 'set -a; . /etc/feedback/feedback.env; exec /usr/local/bin/feedback ";
        var lines = Text(guide).Split('\n');

        foreach (var verb in verbs)
            Assert.Contains(lines, line => line.StartsWith($"{Whole}{verb} ", StringComparison.Ordinal));
        Offenders.None(lines.Where(line => BareVerb().IsMatch(line)));
    }

    // The unit makes the directory of the backups; by the command alone the user feedback may not.
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("cluster.md")]
    [InlineData("cluster.zh-CN.md")]
    public void A_backup_by_hand_is_made_by_its_unit(string guide) =>
        Assert.Contains("sudo systemctl start feedback-backup", Text(guide), StringComparison.Ordinal);

    [Fact]
    public void Every_way_to_run_it_names_the_collector_and_both_guides_tell_of_it()
    {
        foreach (var file in new[] { "feedback.env", "container/compose.yaml", "kubernetes/settings.yaml", "cluster.md", "cluster.zh-CN.md" })
            Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", Text(file), StringComparison.Ordinal);
        var outside = Kubernetes.Single(one => one["kind"].ToString() == "NetworkPolicy" && one["metadata"]["name"].ToString() == "outside");

        Assert.Equal(["4317", "4318", "587", "465", "443"], outside["spec"]["egress"].AllNodes.OfType<YamlMappingNode>().Where(map => Has(map, "port")).Select(map => map["port"].ToString()));
    }

    [Theory]
    [InlineData("cluster.md", "kubectl create secret")]
    [InlineData("cluster.zh-CN.md", "`secrets.example.yaml`")]
    [InlineData("kubernetes/secrets.example.yaml", "kubectl create secret")]
    public void The_namespace_is_made_before_the_secrets_in_it(string file, string secrets)
    {
        var (text, made) = (Text(file), "kubectl apply -f kubernetes/namespace.yaml");

        Assert.Contains(secrets, text[text.IndexOf(made, StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain(secrets, text[..text.IndexOf(made, StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_of_the_program_is_one_of_the_script_at_the_root()
    {
        var commands = Path.Combine(Repository.Root, "silo/Feedback.Silo/Commands");
        var verbs = VerbClass().Matches(File.ReadAllText(Path.Combine(Repository.Root, "silo/Feedback.Silo/Program.cs")))
            .Select(verb => VerbName().Match(File.ReadAllText(Path.Combine(commands, verb.Groups[1].Value + ".cs"))).Groups[1].Value).ToList();
        var known = File.ReadAllLines(Path.Combine(Repository.Root, "run")).Single(line => line.StartsWith("  serve | ", StringComparison.Ordinal)).Trim().TrimEnd(';', ')', ' ').Split(" | ");

        Assert.Contains("serve", verbs);
        Offenders.None(verbs.Except(known));
    }

    [Fact]
    public void The_unit_lets_a_silo_ask_for_the_addresses_of_its_machine() =>
        Assert.Contains("RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK", Text("feedback.service"), StringComparison.Ordinal);

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

    [GeneratedRegex(@"^ +(\w+Command)\.Create\(\),", RegexOptions.Multiline)]
    private static partial Regex VerbClass();

    // Each verb's class begins its words with it.
    [GeneratedRegex(@"/// (?:<summary>)?<c>([a-z-]+)")]
    private static partial Regex VerbName();

    [GeneratedRegex(@"^(sudo |FEEDBACK_\S+ )*feedback (backup|restore|migrate|verify|rebuild|keys r)")]
    private static partial Regex BareVerb();

    [GeneratedRegex(@"\bFEEDBACK_[A-Z]+(_[A-Z]+)*\b")]
    private static partial Regex Setting();
}
