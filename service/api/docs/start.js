// What the error codes mean stands with their schema, which is closed at first: it is shown behind the methods, too.
const errorCodes = {
  wrapComponents: {
    Models: (Models, { React, getComponent, specSelectors }) => (props) => {
      const meaning = specSelectors.specJson().getIn(["components", "schemas", "ErrorCode", "description"]);
      return React.createElement(
        React.Fragment,
        null,
        React.createElement(
          "section",
          { className: "info", id: "error-codes" },
          React.createElement("h2", { className: "title" }, "Error codes"),
          React.createElement(getComponent("Markdown"), { source: meaning }),
        ),
        React.createElement(Models, props),
      );
    },
  },
};

// Every request that the page makes goes to the server that it came from: no validator, no other source.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  validatorUrl: null,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  plugins: [errorCodes],
});
