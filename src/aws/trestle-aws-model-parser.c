/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-model-private.h"

/*
 * Reads the text that build-aux/wire-table writes (the form is told there). Lines are words set
 * apart by single spaces; an indented line belongs to the operation or shape above it.
 */
typedef struct
{
  TrestleAwsModel *model;
  char *next; /* start of the next line */
  char *end;
  char *at; /* in the present line */
  guint line;
  GError **error;

  TrestleAwsOperation *operation; /* the one that is open */
  TrestleAwsShape *shape;
  GArray *operations;  /* TrestleAwsOperation */
  GArray *members;     /* TrestleAwsMember, of @shape */
  GPtrArray *values;   /* enum, of @shape */
  GHashTable *defined; /* TrestleAwsShape that have a line of their own */
} Reader;

static gboolean G_GNUC_PRINTF (2, 3) fail (Reader *self, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->error != NULL && *self->error == NULL)
    *self->error = trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL, "Wire table, line %u: %s",
                                          self->line, reason);
  return FALSE;
}

/* The next word of the line, or NULL. */
static char *
word (Reader *self)
{
  char *start = self->at;

  if (start == NULL || *start == '\0')
    return NULL;

  self->at = strchr (start, ' ');
  if (self->at != NULL)
    *self->at++ = '\0';
  return start;
}

static gboolean
read_guint (Reader *self, const char *text, guint *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return fail (self, "“%s” is no number", text);
  *value = (guint) number;
  return TRUE;
}

static gboolean
read_double (Reader *self, const char *text, double *value)
{
  char *end = NULL;

  *value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0')
    return fail (self, "“%s” is no number", text);
  return TRUE;
}

typedef struct
{
  const char *name;
  int value;
} Name;

static gboolean
read_name (Reader *self, const Name *names, gsize n, const char *text, int *value)
{
  for (gsize i = 0; text != NULL && i < n; i++)
    {
      if (!g_str_equal (names[i].name, text))
        continue;
      *value = names[i].value;
      return TRUE;
    }

  return fail (self, "unknown word “%s”", text != NULL ? text : "");
}

static gboolean
read_time (Reader *self, const char *text, TrestleAwsTimeFormat *format)
{
  static const Name names[] = {
    { "epoch", TRESTLE_AWS_TIME_EPOCH },
    { "iso", TRESTLE_AWS_TIME_ISO },
    { "http", TRESTLE_AWS_TIME_HTTP },
  };
  int value;

  if (!read_name (self, names, G_N_ELEMENTS (names), text, &value))
    return FALSE;
  *format = (TrestleAwsTimeFormat) value;
  return TRUE;
}

/* The record of the shape called @name, which may get its own line later. */
static TrestleAwsShape *
refer (Reader *self, const char *name)
{
  TrestleAwsShape *shape = g_hash_table_lookup (self->model->shapes, name);

  if (shape == NULL)
    {
      shape = trestle_aws_model_alloc (self->model, sizeof *shape);
      shape->name = name;
      g_hash_table_insert (self->model->shapes, (gpointer) name, shape);
    }
  return shape;
}

static gboolean
refer_next (Reader *self, const TrestleAwsShape **shape)
{
  const char *name = word (self);

  if (name == NULL)
    return fail (self, "the name of a shape is missing");
  *shape = refer (self, name);
  return TRUE;
}

/* Takes over what the indented lines brought. */
static void
close_shape (Reader *self)
{
  if (self->shape == NULL)
    return;

  if (self->members->len > 0)
    {
      gsize size = self->members->len * sizeof (TrestleAwsMember);

      self->shape->members = trestle_aws_model_alloc (self->model, size);
      self->shape->n_members = self->members->len;
      memcpy (self->shape->members, self->members->data, size);
      g_array_set_size (self->members, 0);
    }
  if (self->values->len > 0)
    {
      gsize size = self->values->len * sizeof (char *);
      gpointer *values = trestle_aws_model_alloc (self->model, size + sizeof (char *));

      memcpy (values, self->values->pdata, size);
      self->shape->values = (const char *const *) values;
      g_ptr_array_set_size (self->values, 0);
    }
  self->shape = NULL;
}

static gboolean
read_exception (Reader *self, TrestleAwsShape *shape)
{
  TrestleAwsException *exception = trestle_aws_model_alloc (self->model, sizeof *exception);
  const char *text;

  shape->is_exception = TRUE;
  exception->shape = shape->name;
  exception->code = shape->name;
  while ((text = word (self)) != NULL)
    {
      if (g_str_has_prefix (text, "code="))
        exception->code = text + strlen ("code=");
      else if (g_str_has_prefix (text, "status="))
        {
          if (!read_guint (self, text + strlen ("status="), &exception->status))
            return FALSE;
        }
      else if (g_str_has_prefix (text, "as="))
        shape->wire_name = text + strlen ("as=");
      else if (g_str_has_prefix (text, "xmlns="))
        shape->xml_namespace = text + strlen ("xmlns=");
      else
        return fail (self, "unknown word “%s”", text);
    }
  g_hash_table_insert (self->model->exceptions, (gpointer) exception->shape, exception);
  g_hash_table_insert (self->model->exceptions, (gpointer) exception->code, exception);
  return TRUE;
}

static gboolean
read_shape_words (Reader *self, TrestleAwsShape *shape)
{
  const char *text;

  while ((text = word (self)) != NULL)
    {
      const char *value = strchr (text, '=');
      gsize length = value != NULL ? (gsize) (value++ - text) : strlen (text);

#define IS(name) (length == strlen (name) && strncmp (text, name, length) == 0)
      if (value == NULL)
        {
          if (IS ("exception"))
            return read_exception (self, shape);
          if (IS ("union"))
            shape->is_union = TRUE;
          else if (IS ("event-stream"))
            shape->is_event_stream = TRUE;
          else if (IS ("flattened"))
            shape->flattened = TRUE;
          else
            return fail (self, "unknown word “%s”", text);
        }
      else if (IS ("min"))
        {
          shape->has_min = TRUE;
          if (!read_double (self, value, &shape->min))
            return FALSE;
        }
      else if (IS ("max"))
        {
          shape->has_max = TRUE;
          if (!read_double (self, value, &shape->max))
            return FALSE;
        }
      else if (IS ("as"))
        shape->wire_name = value;
      else if (IS ("element"))
        shape->element_name = value;
      else if (IS ("key"))
        shape->key_name = value;
      else if (IS ("xmlns"))
        shape->xml_namespace = value;
      else if (IS ("prefix"))
        shape->xml_prefix = value;
      else if (IS ("element-xmlns"))
        shape->element_namespace = value;
      else if (IS ("key-xmlns"))
        shape->key_namespace = value;
      else if (IS ("time"))
        {
          if (!read_time (self, value, &shape->time_format))
            return FALSE;
        }
      else
        return fail (self, "unknown word “%s”", text);
#undef IS
    }

  return TRUE;
}

static gboolean
read_shape (Reader *self, TrestleAwsShapeKind kind)
{
  const char *name = word (self);
  TrestleAwsShape *shape;

  if (name == NULL)
    return fail (self, "the name of the shape is missing");
  shape = refer (self, name);
  if (!g_hash_table_add (self->defined, shape))
    return fail (self, "“%s” is there twice", name);

  shape->kind = kind;
  self->shape = shape;
  if (kind == TRESTLE_AWS_SHAPE_MAP && !refer_next (self, &shape->key))
    return FALSE;
  if ((kind == TRESTLE_AWS_SHAPE_MAP || kind == TRESTLE_AWS_SHAPE_LIST)
      && !refer_next (self, &shape->element))
    return FALSE;
  return read_shape_words (self, shape);
}

static gboolean
read_member (Reader *self, const char *name)
{
  static const Name places[] = {
    { "uri", TRESTLE_AWS_LOCATION_URI },       { "query", TRESTLE_AWS_LOCATION_QUERY },
    { "header", TRESTLE_AWS_LOCATION_HEADER }, { "headers", TRESTLE_AWS_LOCATION_HEADERS },
    { "status", TRESTLE_AWS_LOCATION_STATUS },
  };
  TrestleAwsMember member = { .name = name, .wire_name = name };
  const char *text;

  if (!refer_next (self, &member.shape))
    return FALSE;

  while ((text = word (self)) != NULL)
    {
      int place = 0;

      if (g_str_equal (text, "required"))
        member.required = TRUE;
      else if (g_str_has_prefix (text, "as="))
        member.wire_name = text + strlen ("as=");
      else if (g_str_has_prefix (text, "in="))
        {
          if (!read_name (self, places, G_N_ELEMENTS (places), text + strlen ("in="), &place))
            return FALSE;
          member.location = (TrestleAwsLocation) place;
        }
      else if (g_str_equal (text, "payload"))
        member.payload = TRUE;
      else if (g_str_equal (text, "streaming"))
        member.streaming = TRUE;
      else if (g_str_equal (text, "token"))
        member.token = TRUE;
      else if (g_str_equal (text, "flattened"))
        member.flattened = TRUE;
      else if (g_str_equal (text, "attribute"))
        member.attribute = TRUE;
      else if (g_str_equal (text, "event-payload"))
        member.event_payload = TRUE;
      else if (g_str_equal (text, "event-header"))
        member.event_header = TRUE;
      else if (g_str_equal (text, "json"))
        member.json = TRUE;
      else if (g_str_has_prefix (text, "time="))
        {
          if (!read_time (self, text + strlen ("time="), &member.time_format))
            return FALSE;
        }
      else if (g_str_has_prefix (text, "xmlns="))
        member.xml_namespace = text + strlen ("xmlns=");
      else if (g_str_has_prefix (text, "prefix="))
        member.xml_prefix = text + strlen ("prefix=");
      else
        return fail (self, "unknown word “%s”", text);
    }

  g_array_append_val (self->members, member);
  return TRUE;
}

/* "\s" is a space, "\\" a backslash; the text only gets shorter. */
static char *
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from == '\\' && from[1] != '\0')
        {
          from++;
          *to++ = *from == 's' ? ' ' : *from;
        }
      else
        *to++ = *from;
    }
  *to = '\0';
  return text;
}

static gboolean
read_shape_detail (Reader *self)
{
  const char *name;
  char *value;

  if (self->shape->kind == TRESTLE_AWS_SHAPE_STRUCTURE)
    return (name = word (self)) != NULL ? read_member (self, name)
                                        : fail (self, "the name of the member is missing");

  name = word (self);
  if (g_strcmp0 (name, "pattern") == 0)
    {
      self->shape->pattern = self->at != NULL ? self->at : "";
      self->at = NULL;
      return TRUE;
    }
  if (g_strcmp0 (name, "enum") != 0)
    return fail (self, "unknown word “%s”", name != NULL ? name : "");

  while ((value = word (self)) != NULL)
    g_ptr_array_add (self->values, strchr (value, '\\') != NULL ? unescape (value) : value);
  return TRUE;
}

static gboolean
read_errors (Reader *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;
  gsize size;
  gpointer *list;

  while ((name = word (self)) != NULL)
    {
      g_ptr_array_add (names, (gpointer) name);
      refer (self, name);
    }
  size = names->len * sizeof (char *);
  list = trestle_aws_model_alloc (self->model, size + sizeof (char *));
  if (size > 0)
    memcpy (list, names->pdata, size);
  self->operation->errors = (const char *const *) list;
  return TRUE;
}

static gboolean
read_operation_detail (Reader *self)
{
  TrestleAwsOperation *operation = self->operation;
  const char *what = word (self);
  const char *text;

  if (g_strcmp0 (what, "http") == 0)
    {
      operation->method = word (self);
      operation->uri = word (self);
      if (operation->uri == NULL || *operation->uri != '/')
        return fail (self, "an operation's path starts with “/”");
      return TRUE;
    }
  if (g_strcmp0 (what, "errors") == 0)
    return read_errors (self);
  if (g_strcmp0 (what, "host") == 0)
    return (operation->host_prefix = word (self)) != NULL ? TRUE : fail (self, "no prefix");
  if (g_strcmp0 (what, "status") == 0 || g_strcmp0 (what, "timeout") == 0)
    return read_guint (self, (text = word (self)) != NULL ? text : "",
                       *what == 's' ? &operation->status : &operation->timeout_ms);
  if (g_strcmp0 (what, "input") != 0 && g_strcmp0 (what, "output") != 0)
    return fail (self, "unknown word “%s”", what != NULL ? what : "");

  if (!refer_next (self, *what == 'i' ? &operation->input : &operation->output))
    return FALSE;
  while ((text = word (self)) != NULL)
    {
      if (g_str_has_prefix (text, "root="))
        operation->input_root = text + strlen ("root=");
      else if (g_str_has_prefix (text, "xmlns="))
        operation->input_namespace = text + strlen ("xmlns=");
      else if (g_str_has_prefix (text, "wrapper="))
        operation->output_wrapper = text + strlen ("wrapper=");
      else
        return fail (self, "unknown word “%s”", text);
    }
  return TRUE;
}

static gboolean
read_operation (Reader *self)
{
  static const Name classes[] = {
    { "read", TRESTLE_AWS_REPLAY_READ },
    { "token", TRESTLE_AWS_REPLAY_TOKEN },
    { "ask", TRESTLE_AWS_REPLAY_ASK },
    { "invoke", TRESTLE_AWS_REPLAY_INVOKE },
  };
  static const char *const no_errors[] = { NULL };
  TrestleAwsOperation operation = { .method = "POST", .uri = "/", .errors = no_errors };
  int replay;

  operation.name = word (self);
  if (operation.name == NULL)
    return fail (self, "the name of the operation is missing");
  if (!read_name (self, classes, G_N_ELEMENTS (classes), word (self), &replay))
    return FALSE;
  operation.replay = (TrestleAwsReplay) replay;
  g_array_append_val (self->operations, operation);
  self->operation = &g_array_index (self->operations, TrestleAwsOperation,
                                    self->operations->len - 1);
  return TRUE;
}

static gboolean
read_head (Reader *self, const char *what)
{
  static const Name protocols[] = {
    { "json", TRESTLE_AWS_PROTOCOL_JSON },
    { "rest-json", TRESTLE_AWS_PROTOCOL_REST_JSON },
    { "rest-xml", TRESTLE_AWS_PROTOCOL_REST_XML },
    { "query", TRESTLE_AWS_PROTOCOL_QUERY },
  };
  TrestleAwsModel *model = self->model;
  const char *rest = self->at;
  int protocol;

  self->at = NULL;
  if (g_str_equal (what, "query-compatible"))
    {
      model->query_compatible = TRUE;
      return TRUE;
    }
  if (rest == NULL || *rest == '\0')
    return fail (self, "“%s” says nothing", what);
  if (g_str_equal (what, "protocol"))
    {
      if (!read_name (self, protocols, G_N_ELEMENTS (protocols), rest, &protocol))
        return FALSE;
      model->protocol = (TrestleAwsProtocol) protocol;
    }
  else if (g_str_equal (what, "service"))
    model->service = rest;
  else if (g_str_equal (what, "id"))
    model->service_id = rest;
  else if (g_str_equal (what, "json"))
    model->json_version = rest;
  else if (g_str_equal (what, "target"))
    model->target_prefix = rest;
  else if (g_str_equal (what, "signing"))
    model->signing_name = rest;
  else if (g_str_equal (what, "api"))
    model->api_version = rest;
  else if (g_str_equal (what, "xmlns"))
    model->xml_namespace = rest;
  else
    return fail (self, "unknown word “%s”", what);
  return TRUE;
}

static gboolean
read_line (Reader *self)
{
  static const Name kinds[] = {
    { "structure", TRESTLE_AWS_SHAPE_STRUCTURE },
    { "list", TRESTLE_AWS_SHAPE_LIST },
    { "map", TRESTLE_AWS_SHAPE_MAP },
    { "string", TRESTLE_AWS_SHAPE_STRING },
    { "integer", TRESTLE_AWS_SHAPE_INTEGER },
    { "double", TRESTLE_AWS_SHAPE_DOUBLE },
    { "boolean", TRESTLE_AWS_SHAPE_BOOLEAN },
    { "blob", TRESTLE_AWS_SHAPE_BLOB },
    { "timestamp", TRESTLE_AWS_SHAPE_TIMESTAMP },
    { "document", TRESTLE_AWS_SHAPE_DOCUMENT },
  };
  const char *what;

  if (g_str_has_prefix (self->at, "  "))
    {
      self->at += 2;
      if (self->operation != NULL)
        return read_operation_detail (self);
      if (self->shape != NULL)
        return read_shape_detail (self);
      return fail (self, "an indented line without one above");
    }

  close_shape (self);
  self->operation = NULL;
  what = word (self);
  if (what == NULL || *what == '#')
    return TRUE;
  if (g_str_equal (what, "operation"))
    return read_operation (self);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, what))
      return read_shape (self, (TrestleAwsShapeKind) kinds[i].value);
  return read_head (self, what);
}

static gboolean
finish (Reader *self)
{
  TrestleAwsModel *model = self->model;
  GHashTableIter iter;
  gpointer shape;
  gsize size;

  close_shape (self);
  if (model->service == NULL || model->signing_name == NULL || model->api_version == NULL)
    return fail (self, "the head lacks service, signing or api");
  if (model->protocol == TRESTLE_AWS_PROTOCOL_JSON
      && (model->json_version == NULL || model->target_prefix == NULL))
    return fail (self, "a JSON service needs json and target");
  if (model->service_id == NULL)
    model->service_id = model->service;

  g_hash_table_iter_init (&iter, model->shapes);
  while (g_hash_table_iter_next (&iter, NULL, &shape))
    if (!g_hash_table_contains (self->defined, shape))
      return fail (self, "“%s” is used and not there", ((TrestleAwsShape *) shape)->name);

  model->n_operations = self->operations->len;
  size = model->n_operations * sizeof (TrestleAwsOperation);
  model->operations = trestle_aws_model_alloc (model, size);
  if (size > 0)
    memcpy (model->operations, self->operations->data, size);
  for (guint i = 0; i < model->n_operations; i++)
    {
      TrestleAwsOperation *operation = &model->operations[i];

      if (operation->input != NULL && operation->input->kind != TRESTLE_AWS_SHAPE_STRUCTURE)
        return fail (self, "the input of %s is no structure", operation->name);
      if (operation->output != NULL && operation->output->kind != TRESTLE_AWS_SHAPE_STRUCTURE)
        return fail (self, "the output of %s is no structure", operation->name);
      if (!g_hash_table_insert (model->operations_by_name, (gpointer) operation->name, operation))
        return fail (self, "“%s” is there twice", operation->name);
    }
  return TRUE;
}

gboolean
trestle_aws_model_read (TrestleAwsModel *model, gsize length, GError **error)
{
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (TrestleAwsOperation));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (TrestleAwsMember));
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GHashTable) defined = g_hash_table_new (NULL, NULL);
  Reader self = {
    .model = model,
    .next = model->text,
    .end = model->text + length,
    .error = error,
    .operations = operations,
    .members = members,
    .values = values,
    .defined = defined,
  };
  const char *bad = NULL;

  if (!g_utf8_validate_len (model->text, length, &bad))
    {
      for (const char *c = model->text; c < bad; c++)
        self.line += *c == '\n';
      self.line++;
      return fail (&self, "not UTF-8");
    }

  while (self.next < self.end)
    {
      char *newline = memchr (self.next, '\n', (gsize) (self.end - self.next));

      if (newline == NULL)
        newline = self.end;
      *newline = '\0';
      self.line++;
      self.at = self.next;
      self.next = newline + 1;
      if (!read_line (&self))
        return FALSE;
    }

  return finish (&self);
}
