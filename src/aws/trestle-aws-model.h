/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TrestleAwsModel:
 *
 * The wire table of one service: its operations and shapes, as facts (names, types, limits). Loaded
 * from the program's resources at the first use, never freed. One table serves the client, which
 * writes requests and reads answers by it, and the practice account, which does the reverse and
 * checks each member.
 */
typedef struct _TrestleAwsModel TrestleAwsModel;
typedef struct _TrestleAwsShape TrestleAwsShape;

typedef enum
{
  TRESTLE_AWS_PROTOCOL_JSON, /* JSON 1.0 or 1.1 with X-Amz-Target */
  TRESTLE_AWS_PROTOCOL_REST_JSON,
  TRESTLE_AWS_PROTOCOL_REST_XML,
  TRESTLE_AWS_PROTOCOL_QUERY,
} TrestleAwsProtocol;

/**
 * TrestleAwsReplay:
 * @TRESTLE_AWS_REPLAY_READ: changes nothing (or is idempotent by nature): may be sent again
 * @TRESTLE_AWS_REPLAY_TOKEN: carries a client token: may be sent again with that token
 * @TRESTLE_AWS_REPLAY_ASK: may be sent again only if no byte left or AWS says throttled
 * @TRESTLE_AWS_REPLAY_INVOKE: again only on throttling or a refused connection
 *
 * What may be done when an answer does not come.
 */
typedef enum
{
  TRESTLE_AWS_REPLAY_READ,
  TRESTLE_AWS_REPLAY_TOKEN,
  TRESTLE_AWS_REPLAY_ASK,
  TRESTLE_AWS_REPLAY_INVOKE,
} TrestleAwsReplay;

typedef enum
{
  TRESTLE_AWS_SHAPE_STRUCTURE,
  TRESTLE_AWS_SHAPE_LIST,
  TRESTLE_AWS_SHAPE_MAP,
  TRESTLE_AWS_SHAPE_STRING,
  TRESTLE_AWS_SHAPE_INTEGER, /* also long */
  TRESTLE_AWS_SHAPE_DOUBLE,  /* also float */
  TRESTLE_AWS_SHAPE_BOOLEAN,
  TRESTLE_AWS_SHAPE_BLOB,
  TRESTLE_AWS_SHAPE_TIMESTAMP,
  TRESTLE_AWS_SHAPE_DOCUMENT, /* any JSON */
} TrestleAwsShapeKind;

typedef enum
{
  TRESTLE_AWS_LOCATION_BODY,
  TRESTLE_AWS_LOCATION_URI,
  TRESTLE_AWS_LOCATION_QUERY,
  TRESTLE_AWS_LOCATION_HEADER,
  TRESTLE_AWS_LOCATION_HEADERS, /* a map under a common prefix */
  TRESTLE_AWS_LOCATION_STATUS,
} TrestleAwsLocation;

typedef enum
{
  TRESTLE_AWS_TIME_DEFAULT, /* by protocol and place */
  TRESTLE_AWS_TIME_EPOCH,
  TRESTLE_AWS_TIME_ISO,
  TRESTLE_AWS_TIME_HTTP,
} TrestleAwsTimeFormat;

typedef struct
{
  const char *name;      /* as in JSON */
  const char *wire_name; /* locationName, or @name */
  const TrestleAwsShape *shape;
  TrestleAwsLocation location;
  TrestleAwsTimeFormat time_format;
  gboolean required;
  gboolean payload; /* the body is this member, as it is */
  gboolean streaming;
  gboolean token;     /* client token */
  gboolean flattened; /* XML, query */
  gboolean attribute; /* XML */
  gboolean event_payload;
  gboolean event_header;
  gboolean json; /* JSON within a text */
  const char *xml_namespace;
  const char *xml_prefix;
} TrestleAwsMember;

struct _TrestleAwsShape
{
  const char *name;
  TrestleAwsShapeKind kind;
  TrestleAwsMember *members; /* structure */
  guint n_members;
  gboolean is_union;
  gboolean is_exception;
  gboolean is_event_stream;
  const TrestleAwsShape *element; /* list; map: value */
  const TrestleAwsShape *key;     /* map */
  const char *element_name;       /* XML: locationName of list members, map values */
  const char *key_name;
  const char *element_namespace;
  const char *key_namespace;
  gboolean flattened;
  gboolean has_min, has_max;
  double min, max; /* of length, of value */
  const char *pattern;
  const char *const *values; /* enum */
  TrestleAwsTimeFormat time_format;
  const char *xml_namespace;
  const char *xml_prefix;
  const char *wire_name; /* XML root name of a body structure */
};

typedef struct
{
  const char *name;
  const char *method;
  const char *uri;              /* "/endpoints/{EndpointName}/invocations" */
  guint status;                 /* of success; 0: any 2xx */
  const char *host_prefix;      /* "stream-"; may name a member: "{accountId}." */
  const TrestleAwsShape *input; /* may be NULL */
  const char *input_root;       /* XML root name of the body, or NULL */
  const char *input_namespace;
  const TrestleAwsShape *output;
  const char *output_wrapper; /* query: "GetCallerIdentityResult" */
  TrestleAwsReplay replay;
  guint timeout_ms;          /* 0: the transport's default */
  const char *const *errors; /* names of exception shapes */
} TrestleAwsOperation;

typedef struct
{
  const char *shape;
  const char *code; /* what is on the wire */
  guint status;     /* 0: the protocol's default, 400 */
} TrestleAwsException;

/**
 * trestle_aws_model_get:
 * @service: "sts", "marketplace-discovery", "marketplace-agreement", "sagemaker",
 *   "sagemaker-runtime", "logs", "iam", "pricing", "service-quotas", "s3", "marketplace-catalog", "ecr",
 *   "marketplacecommerceanalytics"
 *
 * Returns: (transfer none): the table; unknown names are a programming error
 */
const TrestleAwsModel *trestle_aws_model_get (const char *service);

/**
 * trestle_aws_model_parse: a table from text; @error: %TRESTLE_AWS_ERROR_CONFIG with line and
 * reason
 */
TrestleAwsModel *trestle_aws_model_parse (const char *text, gssize length, GError **error);
void trestle_aws_model_free (TrestleAwsModel *self);

const char *const *trestle_aws_model_services (void);
const char *trestle_aws_model_get_service (const TrestleAwsModel *self);
const char *
trestle_aws_model_get_service_id (const TrestleAwsModel *self); /* "SageMaker Runtime" */
const char *trestle_aws_model_get_signing_name (const TrestleAwsModel *self);
const char *trestle_aws_model_get_target_prefix (const TrestleAwsModel *self);
const char *trestle_aws_model_get_json_version (const TrestleAwsModel *self); /* "1.1" */
const char *trestle_aws_model_get_api_version (const TrestleAwsModel *self);
const char *trestle_aws_model_get_xml_namespace (const TrestleAwsModel *self);
/** trestle_aws_model_is_query_compatible: errors may come with an x-amzn-query-error header */
gboolean trestle_aws_model_is_query_compatible (const TrestleAwsModel *self);
TrestleAwsProtocol trestle_aws_model_get_protocol (const TrestleAwsModel *self);
const TrestleAwsOperation *
trestle_aws_model_get_operation (const TrestleAwsModel *self, const char *name);
const TrestleAwsOperation *
trestle_aws_model_list_operations (const TrestleAwsModel *self, guint *n);
const TrestleAwsShape *trestle_aws_model_get_shape (const TrestleAwsModel *self, const char *name);
const TrestleAwsException *
trestle_aws_model_get_exception (const TrestleAwsModel *self, const char *shape_or_code);

/** trestle_aws_shape_get_member: Returns: (nullable): the member called @name of a structure */
const TrestleAwsMember *
trestle_aws_shape_get_member (const TrestleAwsShape *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsModel, trestle_aws_model_free)

G_END_DECLS
