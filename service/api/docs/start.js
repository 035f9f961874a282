// Every request that the page makes goes to the server that it came from: no validator, no other source.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  validatorUrl: null,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
});
