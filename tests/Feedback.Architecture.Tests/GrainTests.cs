using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>Grains are reached through their interfaces only.</summary>
public sealed class GrainTests
{
    [Fact]
    public void Grain_classes_are_internal_and_sealed() =>
        Offenders.None(
            from assembly in Products.All
            from type in assembly.GetTypes()
            where type is { IsClass: true } && type.IsAssignableTo(typeof(IGrainBase)) && (type.IsVisible || !type.IsSealed)
            select type.FullName);

    [Fact]
    public void Grain_classes_live_with_the_grains() =>
        Offenders.None(
            from assembly in Products.All
            where assembly.GetName().Name != "Feedback.Grains"
            from type in assembly.GetTypes()
            where type.IsClass && type.IsAssignableTo(typeof(IGrainBase))
            select type.FullName);
}
