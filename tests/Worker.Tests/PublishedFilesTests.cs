using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using VoiceFunctions.Testing;
using VoiceFunctions.Worker.Hosting;

namespace VoiceFunctions.Worker;

public sealed class PublishedFilesTests
{
    /// <summary>What the Functions host brings itself; any other extension must be published with the app.</summary>
    private static readonly string[] BuiltIn = ["http"];

    public static TheoryData<string> OurAssemblies =>
        [.. Directory.GetFiles(PublishedApp.Folder, "VoiceFunctions.*.dll").Select(Path.GetFileName).OfType<string>()];

    [Fact]
    public void Our_assemblies_are_published() =>
        Assert.Equal(
            ["Core", "Events", "Functions", "Knowledge", "Storage", "Tools"],
            OurAssemblies.Select(row => row.Data.Split('.')[1]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(OurAssemblies))]
    public void An_assembly_of_ours_is_compiled_ahead_for_Linux_on_x64(string name)
    {
        // A ReadyToRun image has this signature where its managed native header is, and a machine number mixed with the system's.
        const uint readyToRun = 0x00525452;
        const int linux = 0x7B79;
        using var image = new PEReader(File.OpenRead(PublishedApp.PathOf(name)));

        var header = image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory;

        Assert.NotEqual(0, header.Size);
        var native = image.GetSectionData(header.RelativeVirtualAddress).GetContent().AsSpan();
        Assert.Equal(readyToRun, BinaryPrimitives.ReadUInt32LittleEndian(native));
        Assert.Equal(Machine.Amd64, (Machine)((int)image.PEHeaders.CoffHeader.Machine ^ linux));
    }

    [Fact]
    public void The_published_metadata_name_the_functions_that_there_are() =>
        Assert.Equal(
            ExpectedFunctions.All,
            PublishedApp.Json("functions.metadata").AsArray()
                .Select(function => ExpectedFunctions.Line((string)function!["name"]!, function["bindings"]!.AsArray()))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void The_host_is_told_to_start_a_file_that_is_there_and_to_ask_it_for_its_functions()
    {
        var (program, file) = PublishedApp.Worker;

        Assert.Equal("dotnet", program);
        Assert.Equal("VoiceFunctions.Functions.dll", Path.GetFileName(file));
        Assert.True(File.Exists(file));
        Assert.Equal("true", (string?)PublishedApp.Json("worker.config.json")["description"]!["workerIndexing"]);
    }

    [Fact]
    public void The_host_file_is_published_as_it_is()
    {
        var source = File.ReadAllText(Repository.PathOf("src", "Functions", "host.json"));

        Assert.Equal(source, File.ReadAllText(PublishedApp.PathOf("host.json")));
    }

    [Fact]
    public void The_host_file_has_settings_only_for_extensions_that_the_host_will_have()
    {
        var settings = PublishedApp.Json("host.json")["extensions"]!.AsObject().Select(extension => extension.Key);

        Assert.Equal(BuiltIn.Append("durableTask").Order(StringComparer.Ordinal), settings.Order(StringComparer.Ordinal));
        Assert.Contains("DurableTask", Extensions().Select(extension => (string?)extension!["name"]));
    }

    [Fact]
    public void Each_extension_that_the_host_will_load_is_published() =>
        Assert.All(Extensions(), extension => Assert.True(File.Exists(PublishedApp.PathOf((string)extension!["hintPath"]!))));

    [Fact]
    public void The_durable_extension_is_the_one_that_the_worker_s_package_asks_for()
    {
        var asked = typeof(DurableClientAttribute).Assembly.GetCustomAttribute<ExtensionInformationAttribute>()!;
        var file = FileVersionInfo.GetVersionInfo(PublishedApp.PathOf(".azurefunctions", $"{asked.ExtensionPackage}.dll"));

        Assert.Equal("Microsoft.Azure.WebJobs.Extensions.DurableTask", asked.ExtensionPackage);
        Assert.StartsWith(asked.ExtensionVersion, file.ProductVersion, StringComparison.Ordinal);
    }

    [Fact]
    public void No_settings_of_a_developer_s_machine_are_published() =>
        Assert.Empty(Directory.GetFiles(PublishedApp.Folder, "*.settings*.json", SearchOption.AllDirectories));

    private static JsonArray Extensions() => PublishedApp.Json("extensions.json")["extensions"]!.AsArray();
}
