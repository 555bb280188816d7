// Members of Microsoft.Azure.Functions.Worker.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.ApiStubs;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw Stub.Called();
}

public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    internal FunctionsApplicationBuilder() => throw Stub.Called();

    public IDictionary<object, object> Properties => throw Stub.Called();

    IConfigurationManager IHostApplicationBuilder.Configuration => throw Stub.Called();

    public ConfigurationManager Configuration => throw Stub.Called();

    public IHostEnvironment Environment => throw Stub.Called();

    public ILoggingBuilder Logging => throw Stub.Called();

    public IMetricsBuilder Metrics => throw Stub.Called();

    public IServiceCollection Services => throw Stub.Called();

    public IHost Build() => throw Stub.Called();

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => throw Stub.Called();
}
