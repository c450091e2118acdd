namespace Feedback.Benchmarks.Servers;

/// <summary>What the load generator must know of a server.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="DeviceKey">A key that pushes for every window.</param>
/// <param name="Token">A token that reads everything.</param>
/// <param name="Root">The id of the node above everything.</param>
/// <param name="Halls">The ids of windows, hall by hall.</param>
internal sealed record BenchAccess(string Url, string DeviceKey, string Token, string Root, string[][] Halls);
