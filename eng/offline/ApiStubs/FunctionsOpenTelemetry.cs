// Members of Microsoft.Azure.Functions.Worker.OpenTelemetry.
using OpenTelemetry;
using VoiceFunctions.ApiStubs;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

public static class ConfigureFunctionsOpenTelemetry
{
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => throw Stub.Called();
}
